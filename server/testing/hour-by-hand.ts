import { type Instant, instant, seconds } from '@/lib/kernel/instant';
import type { RecordedCall } from '@/lib/testing/real-hour';

/** A moment of the hour: the calls that have ended by then, and then those that are asked for. */
export type Step = { at: Instant; ends: RecordedCall[]; asks: RecordedCall[] };

/** gpt-4o: $2.50 and $10 a million, so 2,500 and 10,000 nano-dollars a token. */
export const cost = (input: number, output: number): bigint => BigInt(input) * 2_500n + BigInt(output) * 10_000n;
/** Every call bounds its output at 1,000 tokens; each thousandth bounds it at 90,000, which is more than one hundredth of the amount. */
export const boundOf = (call: RecordedCall): number => (call.row % 1_000 === 999 ? 90_000 : 1_000);
/** A call takes 20 ms a token to answer: holds of many calls are open at once. */
const endOf = (call: RecordedCall): Instant => instant(call.at + call.output * 20_000);
export const AMOUNT = '50';
const LIMIT = 47_500_000_000n;
const TICK = seconds(5);

/** Domain §5 by hand, one call after the other: what a sequential reader of the specification would answer. */
export function simulate(steps: Step[]): Map<number, string> {
  const said = new Map<number, string>();
  const open = new Map<number, bigint>();
  let charged = 0n;
  let held = 0n;
  let stopped = false;
  for (const { ends, asks } of steps) {
    for (const call of ends) {
      const hold = open.get(call.row);
      if (hold === undefined) continue;
      open.delete(call.row);
      held -= hold;
      charged += cost(call.input, call.output);
    }
    if (charged >= LIMIT) stopped = true;
    for (const call of asks) {
      const ask = cost(call.input, boundOf(call));
      if (stopped) said.set(call.row, 'stopped');
      else if (charged + held + ask <= LIMIT) {
        said.set(call.row, 'allow');
        open.set(call.row, ask);
        held += ask;
      } else if (charged + ask <= LIMIT) said.set(call.row, 'busy');
      else if (ask * 100n > 50_000_000_000n) said.set(call.row, 'too_large');
      else {
        stopped = true;
        said.set(call.row, 'stopped');
      }
    }
  }
  return said;
}

/** The hour in ticks of five seconds: first the calls that have ended by then, then those that are asked for. */
export function stepsOf(calls: RecordedCall[]): Step[] {
  const ordered = [...calls].sort((a, b) => a.at - b.at || a.row - b.row);
  const first = (ordered[0] as RecordedCall).at;
  const tickOf = (at: Instant) => Math.floor((at - first) / TICK);
  const steps = new Map<number, Step>();
  const stepAt = (tick: number) => {
    const step = steps.get(tick) ?? { at: instant(first + (tick + 1) * TICK), ends: [], asks: [] };
    steps.set(tick, step);
    return step;
  };
  for (const call of ordered) stepAt(tickOf(call.at)).asks.push(call);
  for (const call of ordered) stepAt(tickOf(endOf(call)) + 1).ends.push(call);
  return [...steps].sort(([a], [b]) => a - b).map(([, step]) => step);
}
