import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Concern } from './concerns';
import { type Due, gather } from './gather';

const NOTHING: Due = { keys: new Map(), everything: false, page: false };
const about = (key: string, part: Partial<Concern> = {}): Concern => ({ keys: [[key]], page: false, isUrgent: false, ...part });

let reads: { at: number; keys: string[]; page: boolean; everything: boolean }[];
let mustWait: boolean;
let gathered: ReturnType<typeof gather>;

beforeEach(() => {
  vi.useFakeTimers();
  reads = [];
  mustWait = false;
  gathered = gather((due) => {
    if (mustWait) return due;
    reads.push({ at: performance.now(), keys: [...due.keys.keys()], page: due.page, everything: due.everything });
    return NOTHING;
  });
});
afterEach(() => {
  gathered.stop();
  vi.useRealTimers();
});

describe('what events concern is read again', () => {
  it('together, each thing once, soon after the first', () => {
    for (const key of ['budget', 'overview', 'budget']) gathered.add(about(key));
    gathered.add(about('breach', { page: true }));
    vi.advanceTimersByTime(100);
    expect(reads).toMatchObject([{ keys: ['["budget"]', '["overview"]', '["breach"]'], page: true }]);
  });

  it('at most once a second, however much happens; nothing of it is left out', () => {
    for (let ms = 0; ms < 10_000; ms += 10) {
      gathered.add(about(`k${ms}`));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(2_000);
    const rests = reads.slice(1).map(({ at }, i) => at - (reads[i]?.at ?? 0));
    expect(rests.every((rest) => rest >= 1_000)).toBe(true);
    expect(reads.length).toBeGreaterThan(8);
    expect(new Set(reads.flatMap((each) => each.keys)).size).toBe(1_000);
  });

  it('at once for a stop, though something was read a moment ago', () => {
    gathered.add(about('overview'));
    vi.advanceTimersByTime(100);
    gathered.add(about('overview'));
    gathered.add(about('overview', { isUrgent: true }));
    vi.advanceTimersByTime(250);
    expect(reads).toHaveLength(2);
  });

  it('later, where it must wait, with what came meanwhile', () => {
    mustWait = true;
    gathered.add(about('budget'));
    vi.advanceTimersByTime(3_000);
    gathered.add({ keys: 'everything', page: true, isUrgent: false });
    mustWait = false;
    vi.advanceTimersByTime(1_000);
    expect(reads).toMatchObject([{ keys: ['["budget"]'], page: true, everything: true }]);
  });

  it('not at all where nothing is concerned', () => {
    gathered.add({ keys: [], page: false, isUrgent: false });
    vi.advanceTimersByTime(5_000);
    expect(reads).toEqual([]);
  });
});
