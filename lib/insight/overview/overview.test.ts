import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { attentionOf } from './attention';
import { firstLineOf } from './first-line';
import { split } from './moved';
import { byNearestStop } from './read';
import type { OverviewBudget } from './schema';
import type { OpenBreach } from './waiting';

const NOW = '2026-11-24T10:15:00Z';
const fresh = { state: 'fresh', lastEventAt: NOW, serverNow: NOW } as const;
const stop = { id: 'stp_1', raisedAt: '2026-11-24T03:12:00Z', cause: 'charged', observed: false, reason: null, refusedCalls: 212 };

const budget = (name: string, more: Partial<OverviewBudget> = {}): OverviewBudget => ({
  ...{ id: `bud_${name}`, name, mode: 'enforce', workload: name, startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
  ...{ standing: 'holds', amountNanoUsd: '100000000000', limitNanoUsd: '95000000000', actualNanoUsd: '62000000000', presumedNanoUsd: '0' },
  ...{ unpricedUpperNanoUsd: '0', chargedNanoUsd: '62000000000', heldNanoUsd: '0', utilisation: 0.62, pace: 0.8, unpricedCalls: 0 },
  ...{ runwayAt: null, forecast: null, lines: [], stop: null },
  ...more,
});
const breach = (more: Partial<OpenBreach> = {}): OpenBreach => ({
  ...{ id: 'brc_1', budgetId: 'bud_a', budgetName: 'a', phase: 'contained', cause: 'charged', level: null },
  ...{ openedAt: parseInstant('2026-11-24T03:12:00Z') as Instant, nextClimbAt: parseInstant('2026-11-24T03:27:00Z') as Instant },
  ...{ isAnswered: false, answeredBy: null, isRoomAnswered: false, percent: null, unsigned: [] },
  ...more,
});
const due = (name: string, runwayAt: string, more: Partial<OverviewBudget> = {}) => budget(name, { standing: 'due', runwayAt, ...more });
const line = (budgets: OverviewBudget[], freshness: Parameters<typeof firstLineOf>[1] = fresh) =>
  firstLineOf(budgets, freshness, NOW, 'UTC');

describe('the first line of Overview', () => {
  it.each([
    ['without data', [budget('a')], { ...fresh, state: 'none', lastEventAt: null }, 'empty', /^Nothing has been counted yet/],
    [
      'when all hold',
      [budget('a'), budget('b')],
      fresh,
      'normal',
      /^No budget will stop before its period ends; a is furthest, at 62.%\.$/,
    ],
    [
      'when one is due',
      [due('a', '2026-11-28T09:00:00Z'), budget('b')],
      fresh,
      'normal',
      /^a will stop about Saturday if nothing changes\. Slow it/,
    ],
    ['when it is due today', [due('a', '2026-11-24T20:00:00Z')], fresh, 'normal', /^a will stop today/],
    [
      'when two of three are due',
      [due('a', '2026-11-28T09:00:00Z'), due('b', '2026-11-30T09:00:00Z'), budget('c')],
      fresh,
      'normal',
      /^Two of three budgets will pass their limits; a first, about Saturday\.$/,
    ],
    ['when one is stopped', [budget('a', { standing: 'stopped', stop })], fresh, 'breached', /^a is stopped since 03:12\./],
    [
      'when sources are silent',
      [budget('a')],
      { ...fresh, state: 'stale', lastEventAt: '2026-11-22T02:10:00Z' },
      'stale',
      /^Figures stand still since Sun.22.Nov, 02:10\./,
    ],
  ] as const)('answers %s in at most 16 words', (_, budgets, freshness, state, text) => {
    const answer = line([...budgets], freshness);
    expect(answer.state).toBe(state);
    expect(answer.firstLine).toMatch(text);
    expect(answer.firstLine.split(/\s+/).length).toBeLessThanOrEqual(16);
  });
});

describe('the first line of Overview, of breaches', () => {
  const said = (breaches: OpenBreach[]) => firstLineOf([budget('a', { standing: 'stopped', stop })], fresh, NOW, 'UTC', breaches).firstLine;

  it('asks for an answer before anything else, and for none once there is one', () => {
    expect(said([breach()])).toBe('a waits for an answer since 03:12. Take it on.');
    expect(said([breach(), breach({ budgetName: 'b' })])).toBe('Two breaches wait for an answer, a since 03:12. Take them on.');
    expect(said([breach({ isAnswered: true })])).toBe('a is stopped since 03:12. Raise its amount, or keep it stopped.');
  });
});

describe('what needs attention', () => {
  const facts = {
    ...{ budgets: [], silent: [], unpriced: [], observed: [], unadopted: [] },
    ...{ breaches: [] as OpenBreach[], prepared: [], undelivered: [] },
  };

  it('says what a stop has refused, and tells one that refuses from one that only would', () => {
    const [real, observed] = attentionOf(
      {
        ...facts,
        budgets: [budget('a', { standing: 'stopped', stop }), budget('b', { standing: 'would_stop', stop: { ...stop, observed: true } })],
      },
      NOW,
      'UTC',
    );
    expect(real).toMatchObject({
      kind: 'stopped',
      word: 'Stopped 03:12',
      sentence: 'What is charged has reached its limit; 212 calls refused.',
    });
    expect(observed).toMatchObject({ kind: 'would_stop', word: 'Past its limit since 03:12' });
  });

  it('speaks of a breach once: until somebody has it, then of what it waits for, then of days that nobody signed', () => {
    const stopped = budget('a', { standing: 'stopped', stop });
    const of = (more: Partial<OpenBreach>) =>
      attentionOf({ ...facts, budgets: [stopped], breaches: [breach(more)] }, NOW, 'UTC').map(({ kind, word, sentence, act }) => [
        ...[kind, word, sentence, act.href],
      ]);
    expect(of({})).toEqual([
      ['unanswered', 'Unanswered', 'Stopped 03:12; it climbs 03:27 unless somebody takes it on.', '/breaches/brc_1'],
    ]);
    const has = { isAnswered: true, answeredBy: 'Ada', nextClimbAt: null };
    expect(of(has)).toEqual([
      ['stopped', 'Stopped 03:12', 'Ada has it; 212 calls refused. Say where its money comes from.', '/breaches/brc_1'],
    ]);
    expect(of({ ...has, phase: 'open', cause: 'level', level: 0.8 })).toEqual([
      ['held', '80\u00a0% of its amount reached 03:12', 'Ada has it; 212 calls refused. Nothing holds its spend back.', '/breaches/brc_1'],
    ]);
    const unsigned = ['21', '22'].map((day) => ({ date: `2026-11-${day}`, verdict: 'stable' }));
    expect(of({ ...has, phase: 'recovering', unsigned: unsigned.slice(1) })).toEqual([
      ['unsigned', 'Sign-off due', 'Sun\u00a022\u00a0Nov was stable, and nobody has signed it off.', '/breaches/brc_1#days'],
    ]);
    expect(of({ ...has, phase: 'recovering', unsigned })[0]?.[2]).toBe('Sat\u00a021\u00a0Nov and 1 day after it are not signed off.');
  });

  it('lists actions that wait for a yes and notices that were given up, each with the link that closes it', () => {
    const at = parseInstant('2026-11-24T03:12:00Z') as Instant;
    const items = attentionOf(
      {
        ...facts,
        prepared: [{ id: 'act_1', kind: 'route', createdAt: at, of: 'Support' }],
        undelivered: [{ to: 'On call', channelId: 'chn_1', notices: 3, last: at }],
      },
      NOW,
      'UTC',
    );
    expect(items.map(({ word, subject, sentence, act }) => [word, subject, sentence, act.href])).toEqual([
      ['Waits for a yes', 'Support', 'The cheaper model is prepared since 03:12; spend goes on until somebody decides.', '/containment'],
      ['Not delivered', 'On call', '3 notices were given up, the last of 03:12.', '/settings/channels'],
    ]);
  });

  it('leaves a stop that is more than a week away to the list of budgets', () => {
    const budgets = [due('soon', '2026-11-29T00:00:00Z'), due('later', '2026-12-20T00:00:00Z')];
    expect(attentionOf({ ...facts, budgets }, NOW, 'UTC').map((each) => each.subject)).toEqual(['soon']);
  });

  it('lists the soonest harm first', () => {
    const all = attentionOf(
      {
        ...facts,
        budgets: [budget('a', { standing: 'stopped', stop }), due('b', '2026-11-25T00:00:00Z')],
        silent: [{ source: 'api', keyName: 'Bot', lastReceivedAt: '2026-11-22T00:00:00Z' }],
        unpriced: [{ provider: 'openai', model: 'gpt-9', calls: 1, upperNanoUsd: '5' }],
        observed: [{ workload: 'voice', budgetId: null }],
        unadopted: [{ workload: 'found', spentNanoUsd: '5' }],
      },
      NOW,
      'UTC',
    );
    expect(all.map((each) => each.kind)).toEqual(['stopped', 'due', 'stale', 'unpriced', 'observes_only', 'unadopted']);
  });
});

describe('the order of budgets', () => {
  it('has the one nearest its stop first', () => {
    const budgets = [
      budget('holds'),
      due('later', '2026-11-29T00:00:00Z'),
      due('sooner', '2026-11-26T00:00:00Z'),
      budget('stopped', { standing: 'stopped', stop }),
    ];
    expect(budgets.sort(byNearestStop).map((each) => each.name)).toEqual(['stopped', 'sooner', 'later', 'holds']);
  });
});

describe('what moved between two weeks', () => {
  const cell = fc.record({ amount: fc.bigInt({ min: 0n, max: 10n ** 18n }), calls: fc.bigInt({ min: 0n, max: 10n ** 9n }) });

  it('parts into calls and cost a call without losing a nano-dollar', () => {
    fc.assert(
      fc.property(cell, cell, (before, after) => {
        const { byCalls, byCost, moved } = split(before, after);
        expect(byCalls + byCost).toBe(moved);
        expect(moved).toBe(after.amount - before.amount);
      }),
    );
  });

  it('takes twice the calls at the same cost for calls, and the same calls at twice the cost for cost', () => {
    expect(split({ amount: 10n, calls: 5n }, { amount: 20n, calls: 10n })).toMatchObject({ byCalls: 10n, byCost: 0n });
    expect(split({ amount: 10n, calls: 5n }, { amount: 20n, calls: 5n })).toMatchObject({ byCalls: 0n, byCost: 10n });
  });
});
