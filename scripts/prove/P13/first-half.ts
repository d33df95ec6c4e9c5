import type { PlantedFault } from './fault';

const decide = { in: 'lib/spend/decide/decide.test.ts' };
const admission = { ...decide, at: 'lib/budget/admission.ts' };
const ingest = { in: 'lib/spend/ingest/ingest.test.ts' };
const hour = { in: 'server/real-hour.test.ts' };

/** Usage in, prices, budgets, asking first, the stop: one fault or more for each promise. */
export const firstHalf: PlantedFault[] = [
  {
    ...admission,
    test: 'a huge call stops nobody',
    from: `isOrdinary(ask, f.amount) || isSpent(f) ? 'no_room' : 'too_large'`,
    to: `'no_room'`,
  },
  { ...admission, test: 'holds alone stop nobody', from: `if (ask > room(f)) return 'busy';`, to: `if (ask > room(f)) return 'no_room';` },
  { ...admission, test: 'a stopped budget refuses from the commit on', from: `if (stopped) return 'stopped';`, to: '' },
  {
    ...decide,
    test: 'a stopped budget refuses from the commit on',
    at: 'lib/stop/raise.ts',
    from: 'm.stopId = id;',
    to: '',
  },
  {
    ...decide,
    test: 'every matching budget must admit',
    at: 'lib/spend/decide/authorize.ts',
    from: `if (refused) return {`,
    to: `if (refused && all.every((each) => each.verdict !== 'fits')) return {`,
  },
  {
    ...decide,
    test: 'the same key finds its hold after a lost answer',
    at: 'lib/spend/decide/batch.ts',
    from: 'hold.requestHash !== requestHash',
    to: 'hold.requestHash === requestHash',
  },
  {
    ...decide,
    test: 'an expired hold is presumed, late settlement corrects it',
    at: 'lib/spend/hold/settlement.ts',
    from: `if (corrected) change.presumed = (change.presumed ?? 0n) - hold.held;`,
    to: '',
  },
  {
    ...decide,
    test: 'an expired hold is presumed, late settlement corrects it',
    at: 'lib/spend/hold/settlement.ts',
    from: `change: { held: -hold.held, presumed: hold.held, calls: 1n },`,
    to: `change: { held: -hold.held, calls: 1n },`,
  },
  {
    test: 'holds under SIGKILL',
    in: 'scripts/prove/P1/attack.test.ts',
    at: 'lib/spend/hold/settlement.ts',
    from: `if (hold.state === 'open') change.held = -hold.held;`,
    to: `if (hold.state === 'open') change.held = -hold.held + 1n;`,
  },
  {
    ...hour,
    test: 'refuses exactly what did not fit',
    at: 'lib/budget/admission.ts',
    from: `if (ask > room(f)) return 'busy';`,
    to: `if (ask > roomWithoutHolds(f)) return 'busy';`,
  },
  {
    ...hour,
    test: 'refuses exactly what did not fit',
    at: 'lib/budget/admission.ts',
    from: 'ask * 100n <= amount',
    to: 'ask * 10_000n <= amount',
  },
  {
    ...hour,
    test: 'observe refuses exactly what enforce would',
    at: 'lib/spend/hold/settlement.ts',
    from: 'observedHeld: change.held ?? 0n',
    to: 'observedHeld: 0n',
  },
  {
    ...ingest,
    test: 'an unknown price is never zero',
    at: 'lib/price/rules.ts',
    from: 'sum += BigInt(units[kind] ?? 0) * 2n * price;',
    to: 'sum += 0n * price;',
  },
  {
    test: 'cached tokens are billed once',
    in: 'lib/ledger/units/cached.test.ts',
    at: 'lib/ledger/units/anthropic.ts',
    from: `value: fields.cache_read_input_tokens, kind: 'input_cache_read'`,
    to: `value: fields.cache_read_input_tokens, kind: 'input'`,
  },
  {
    ...ingest,
    test: 'a second source adds no money',
    at: 'lib/spend/ingest/keys.ts',
    from: 'for (const row of rows) told.set(responseKey(row), row);',
    to: 'for (const row of rows) told.delete(responseKey(row));',
  },
  {
    ...ingest,
    test: 'books the same record once, however often and with whatever key order it comes',
    at: 'lib/spend/ingest/keys.ts',
    from: `? 'duplicate' : 'conflict'`,
    to: `? 'new' : 'conflict'`,
  },
  {
    ...ingest,
    test: 'a late record lands in its own period',
    at: 'lib/kernel/period.ts',
    from: `if (kind === 'day') return [day, day + 1];`,
    to: `if (kind === 'day') return [day - (day % 2), day - (day % 2) + 2];`,
  },
  {
    test: 'a period has no gap in any zone',
    in: 'lib/kernel/period-gap.test.ts',
    at: 'lib/kernel/period.ts',
    from: 'if (last && last.startsAt <= at && at < last.endsAt) return last;',
    to: 'if (last && last.startsAt <= at && at <= last.endsAt) return last;',
  },
  {
    test: 'one number everywhere',
    in: 'lib/api/one-number.test.ts',
    at: 'lib/insight/spend-sql.ts',
    from: 'sum(r.amount_nano)::int8 AS sum',
    to: 'round(sum(r.amount_nano), -3)::int8 AS sum',
  },
  {
    test: 'two people edit at once: the second is told',
    in: 'lib/spend/limit/changing.test.ts',
    at: 'lib/http/etag.ts',
    from: 'ifMatch !== null && ifMatch !== version',
    to: 'ifMatch !== null && ifMatch > version',
  },
  {
    test: 'replays a real hour',
    in: 'e2e/real-hour.spec.ts',
    at: 'lib/spend/ingest/keys.ts',
    from: `hashes.get(each.eventId) === each.hash ? 'duplicate'`,
    to: `hashes.get(each.eventId) === each.hash ? 'new'`,
  },
  {
    test: 'newcomer',
    in: 'e2e/newcomer.spec.ts',
    at: 'lib/auth/secrets.ts',
    from: `'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'`,
    to: `'0123456789-'`,
  },
];
