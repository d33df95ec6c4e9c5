import { formatMoney } from '@/lib/kernel/format-money';
import { formatDay, formatDayTime, formatExpectedDay } from '@/lib/kernel/format-time';
import type { BurnUp } from './model';

/**
 * The finding over a burn-up, from the same object that is drawn: stopped, will stop, holds, or too early to say. `stoppedAt` is the open stop's moment.
 * One sentence; estimates carry their sign.
 */
export function burnUpFinding(
  burnUp: Pick<BurnUp, 'zone' | 'crossing' | 'forecast' | 'lines' | 'points'>,
  stoppedAt: string | null = null,
): string {
  const { zone, crossing, forecast } = burnUp;
  if (stoppedAt) return `Stopped since ${formatDayTime(stoppedAt, zone)}.`;
  if (crossing) {
    const day = formatExpectedDay(crossing.at, zone, crossing.earliest, crossing.latest);
    const month = formatDay(crossing.at, zone).split('\u00a0').at(-1);
    return `Stops about ${day.replace(/^(\S+\u00a0\d+)/, `$1\u00a0${month}`)} if nothing changes.`;
  }
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
  const room = formatMoney(BigInt(stop.nanoUsd) - BigInt(end.medianNanoUsd), { style: 'estimate' });
  return `${basis} at ${expected}, ${room} under its stop.`;
}
