import { hours, type Instant, instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import { charged, type Figures, limit } from '../figures';

/** Less than an hour of spend says nothing of a rate. */
const LEAST = hours(1);

/** The straight run rate of a period so far: what was charged over the time that it took. */
export type RunRate = { charged: NanoUsd; elapsed: number };

/**
 * The run rate of a period so far, by what is charged. It begins with the period, or with the organisation's first data where that
 * came later. Null with less than an hour of it, or when nothing has been spent.
 * @param dataSince when the organisation's data begins, null without any
 */
export function runRate(f: Figures, span: { startsAt: Instant; endsAt: Instant }, dataSince: Instant | null, now: Instant): RunRate | null {
  if (dataSince === null) return null;
  const elapsed = Math.min(now, span.endsAt) - Math.max(span.startsAt, dataSince);
  return elapsed < LEAST || charged(f) <= 0n ? null : { charged: charged(f), elapsed };
}

/** What the run rate adds within a length of time, nano-dollars. */
export const runOn = (rate: RunRate, micros: number): NanoUsd =>
  nanoUsd((rate.charged * BigInt(Math.round(micros))) / BigInt(rate.elapsed));

/** When the run rate takes what is charged to the limit; `now` where it is there already, null when not before the period's end. */
export function runwayAt(
  f: Figures,
  span: { startsAt: Instant; endsAt: Instant },
  dataSince: Instant | null,
  now: Instant,
): Instant | null {
  if (now >= span.endsAt) return null;
  const left = limit(f) - charged(f);
  const rate = runRate(f, span, dataSince, now);
  if (left <= 0n) return charged(f) > 0n ? now : null;
  if (!rate) return null;
  const micros = (left * BigInt(rate.elapsed) + rate.charged - 1n) / rate.charged;
  return micros >= BigInt(span.endsAt - now) ? null : instant(now + Number(micros));
}
