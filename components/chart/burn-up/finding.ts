import { formatMoney } from '@/lib/kernel/format-money';
import { formatDay, formatDayTime, formatExpectedDay, formatShortDay } from '@/lib/kernel/format-time';
import type { BurnUp } from './model';

type Found = Pick<BurnUp, 'zone' | 'mode' | 'crossing' | 'forecast' | 'lines' | 'points'>;

/**
 * The finding over a burn-up, from the same object that is drawn: stopped, will stop, holds, or too early to say. `stoppedAt` is the open stop's moment.
 * One sentence; estimates carry their sign.
 */
export function burnUpFinding(burnUp: Found, stoppedAt: string | null = null): string {
  const { zone, crossing, forecast, mode } = burnUp;
  if (stoppedAt) return `Stopped since ${formatDayTime(stoppedAt, zone)}.`;
  if (crossing) return `${mode === 'enforce' ? 'Stops' : 'Passes its limit'} about ${crossingDays(crossing, zone)} if nothing changes.`;
  const stop = burnUp.lines.find((line) => line.kind === 'stop');
  const end = forecast?.points.at(-1);
  const spent = burnUp.points.at(-1)?.actualNanoUsd ?? '0';
  if (!end || !forecast) return `${formatMoney(spent, { style: 'tile' })} spent; too early for a forecast.`;
  const expected = formatMoney(end.medianNanoUsd, { style: 'estimate', sign: 'estimate' });
  const basis =
    forecast.kind === 'run_rate'
      ? `At the rate of ${forecast.days === 1 ? 'one day' : `${forecast.days} days`} the period ends`
      : 'The period ends';
  if (!stop) return `${basis} at ${expected}.`;
  const room = BigInt(stop.nanoUsd) - BigInt(end.medianNanoUsd);
  const words = `${formatMoney(room < 0n ? -room : room, { style: 'estimate' })} ${room < 0n ? 'over' : 'under'}`;
  return `${basis} at ${expected}, ${words} its ${mode === 'enforce' ? 'stop' : 'limit'}.`;
}

/** The day of a crossing with its month, and the range of its band: "Thu 27 Nov (25–29)". */
const crossingDays = ({ at, earliest, latest }: NonNullable<BurnUp['crossing']>, zone: string): string =>
  formatExpectedDay(at, zone, earliest, latest).replace(formatShortDay(at, zone), formatDay(at, zone));
