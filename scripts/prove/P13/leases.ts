import type { PlantedFault } from './fault';

const leased = 'lib/spend/lease/lease.test.ts';

/** Faults of leases: money on which programs decide by themselves. */
export const leases: readonly PlantedFault[] = [
  {
    test: 'cannot bypass a budget: one on a dimension that it does not name refuses it',
    in: leased,
    at: 'lib/spend/lease/give.ts',
    from: '  requireAllDimensions(rules.set, ask);\n',
    to: '',
  },
  {
    test: 'a killed holder presumes one second, and what it had said to be under way',
    in: leased,
    at: 'lib/spend/lease/rules.ts',
    from: 'smaller(smaller(wanted, perSecond)',
    to: 'smaller(smaller(wanted, most)',
  },
  {
    test: 'a killed holder presumes one second, and what it had said to be under way',
    in: leased,
    at: 'lib/spend/lease/settle.ts',
    from: 'presumed: nanoUsd(underway - hold.held)',
    to: 'presumed: underway',
  },
  {
    test: 'after a stop no lease is given; those given finish inside their money',
    in: leased,
    at: 'lib/spend/lease/give.ts',
    from: 'worst(all.filter((each) => each.meter.enforcing))',
    to: 'worst(all.filter((each) => !each.meter.enforcing))',
  },
  {
    test: 'after a stop no lease is given; those given finish inside their money',
    in: leased,
    at: 'lib/spend/lease/settle.ts',
    from: 'fits(await findings(ctx, ask, meters, wanted, exposure))',
    to: '(await findings(ctx, ask, meters, wanted, exposure)).length > 0',
  },
  {
    test: 'has no more than its holder wants, ten seconds of recent spend, and a hundredth of what is left',
    in: leased,
    at: 'lib/spend/lease/rules.ts',
    from: 'nanoUsd(left / PART_OF_LEFT)',
    to: 'left',
  },
  {
    test: 'a settlement that is sent again books nothing twice',
    in: leased,
    at: 'lib/spend/lease/book.ts',
    from: 'if (events.has(eventId) || ',
    to: 'if (',
  },
  {
    test: 'what is spent beyond it is on the books, and an excess where it does not fit',
    in: leased,
    at: 'lib/spend/lease/settle.ts',
    from: 'larger(nanoUsd(lease.booked + hold.held), nanoUsd(sum + underway))',
    to: 'nanoUsd(lease.booked + hold.held)',
  },
  {
    test: 'is ended: what was said to be under way is presumed, until it is said what it came to',
    in: leased,
    at: 'lib/spend/lease/end.ts',
    from: 'presumed: underway, calls',
    to: 'presumed: 0n, calls',
  },
  {
    test: 'is given only where every budget gives leases and nothing contains the calls',
    in: leased,
    at: 'lib/spend/lease/ask.ts',
    from: '!budget.leases && ',
    to: "budget.name === '' && ",
  },
  {
    test: 'ends by its own doors only',
    in: leased,
    at: 'lib/spend/hold/end-all.ts',
    from: 'if (hold.isLease) return',
    to: "if (hold.isLease && op.kind === 'release') return",
  },
  {
    test: 'ends by its own doors only',
    in: leased,
    at: 'lib/spend/ingest/held.ts',
    from: '(held.holds.get(record.holdId)?.isLease ?? false)',
    to: "record.holdId === ''",
  },
];
