import { formatCount, formatPercent } from '@/lib/kernel/format-money';

/** An hour of a workload: its calls, what they put out, and the calls of the customer that made most of them now. */
export type Hour = { calls: number; output: number; ofCustomer: number };
/** The hour before a breach, and the mean of the same hour on the seven days before. */
export type Hours = { customer: string; now: Hour; usual: Hour };

/** What an attack shows in the usage, in a sentence with its figures. */
export type Signal = { key: 'customer' | 'longer' | 'more'; say: string };
export type Signals = { looksLike: boolean; signals: Signal[] };

/** Fewer calls than this in an hour are a quiet hour, and no pattern. */
const FEWEST = 20;
const HALF = 0.5;
const TIMES = { share: 3, longer: 2, more: 5 } as const;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const times = (ratio: number): string => `${formatCount(Math.round(ratio))} times`;

/**
 * The spend-side signals of a prompt injection: one customer out of all proportion, longer answers, many more calls. One customer
 * alone looks like one, and so do the other two together; each by itself has harmless reasons too.
 */
export function signalsOf({ customer, now, usual }: Hours): Signals {
  if (now.calls < FEWEST || usual.calls === 0) return { looksLike: false, signals: [] };
  const [part, partUsually] = [share(now.ofCustomer, now.calls), share(usual.ofCustomer, usual.calls)];
  const longer = share(share(now.output, now.calls), share(usual.output, usual.calls));
  const more = now.calls / usual.calls;
  const signals: Signal[] = [];
  if (customer !== '' && part >= HALF && part >= TIMES.share * partUsually)
    signals.push({
      key: 'customer',
      say: `${customer} made ${formatPercent(part, 0)} of the calls of that hour; usually ${formatPercent(partUsually, 0)}.`,
    });
  if (longer >= TIMES.longer) signals.push({ key: 'longer', say: `Answers were ${times(longer)} as long as usual at that hour.` });
  if (more >= TIMES.more) signals.push({ key: 'more', say: `There were ${times(more)} as many calls as usual at that hour.` });
  return { looksLike: signals.some((each) => each.key === 'customer') || signals.length > 1, signals };
}
