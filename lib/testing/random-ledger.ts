import { type Instant, instant } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import type { NewEntry } from '@/lib/ledger/entry';

/** Numbers that look random and are the same for the same seed (mulberry32). @returns whole numbers from 0 to below the bound */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const BASES = ['priced', 'priced', 'priced', 'stated', 'presumed', 'unpriced'] as const;
const MICROS = 1_000_000;

/** Ledger rows of every kind in [from, to): calls, corrections in pairs, adjustments, with few values of each dimension and some missing. */
export function randomEntries(seed: number, count: number, from: Instant, to: Instant): NewEntry[] {
  const random = randomOf(seed);
  const pick = <T>(...values: T[]): T => values[random(values.length)] as T;
  const entries: NewEntry[] = [];
  while (entries.length < count) {
    const at = instant(from + random(Math.floor((to - from) / MICROS)) * MICROS + random(MICROS));
    const entry = entryAt(random, pick, at, entries.length);
    entries.push(entry);
    if (random(8) === 0) entries.push(...correctionOf(entry, nanoUsd(BigInt(random(1_000_000_000)))));
    if (random(20) === 0) {
      entries.push({
        ...entry,
        kind: 'adjustment',
        basis: 'adjusted',
        calls: 0,
        units: {},
        amountNano: nanoUsd(BigInt(random(1_000_000) - 700_000)),
      });
    }
  }
  return entries;
}

function entryAt(random: (below: number) => number, pick: <T>(...values: T[]) => T, at: Instant, number: number): NewEntry {
  const model = pick('gpt-4o', 'gpt-4o-mini', 'claude', 'm,"x"\\');
  const tags: Record<string, string> = {
    ...(random(3) ? { env: pick('prod', 'dev') } : {}),
    ...(random(4) ? {} : { run: pick('a', 'b') }),
  };
  return {
    ...{ workload: pick('bot', 'search', 'summary'), feature: pick('', 'chat', 'images'), provider: pick('openai', 'anthropic'), model },
    ...{ trafficStage: pick('production', 'pilot'), customer: pick('', 'acme', 'zeta', '=1+1'), tags, team: pick('', 'red', 'blue') },
    ...{ costCentre: pick('', 'cc-1'), unassigned: false, kind: 'usage', eventId: `e-${number}`, holdId: null, corrects: null },
    ...{
      occurredAt: at,
      bookedAt: at,
      receivedAt: at,
      modelCalled: model,
      askedProvider: null,
      askedModel: null,
      source: pick('api', 'otlp'),
    },
    ...{
      responseId: null,
      calls: 1,
      basis: pick(...BASES),
      amountNano: nanoUsd(BigInt(random(1_000_000_000))),
      statedNano: null,
      priceRef: null,
    },
    ...{ latencyMs: null, late: false, apiKeyId: null, units: { input: random(2_000), ...(random(2) ? { output: random(900) } : {}) } },
  };
}

/** The pair of rows that takes a row back and puts another amount in its place. */
function correctionOf(entry: NewEntry, amountNano: NewEntry['amountNano']): NewEntry[] {
  const base = { ...entry, kind: 'correction' as const };
  return [
    { ...base, calls: -1, amountNano: nanoUsd(-entry.amountNano) },
    { ...base, calls: 1, basis: 'priced', amountNano },
  ];
}
