'use client';

import { formatMoney } from '@/lib/kernel/format-money';
import type { DayOut, PlanOut } from '@/lib/recovery/schema';
import { cx } from '../ui/class-names';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { SignOff } from './sign-off';
import { dayWords, initialsOf, shareOfAllowance, stripFinding, VERDICT_STATUS } from './words';

const TINT: Record<DayOut['verdict'], string> = {
  stable: 'bg-ok-tint',
  watch: 'bg-warn-tint',
  worse: 'bg-stop-tint',
  held: 'bg-neutral-tint',
  inconclusive: 'bg-neutral-tint',
};

type StripProps = { plan: PlanOut; zone: string; maySign: boolean };

/** One row a local day on a phone, one column from 1212 px: verdict, spend against the day's allowance, resume step, sign-off. Today is open. */
export function RecoveryStrip({ plan, zone, maySign }: StripProps) {
  const { stable, today } = plan;
  return (
    <Panel
      id="days"
      finding
      title={stripFinding(plan)}
      sub={`One entry a local day, ${zone}. Bars are spend as a share of that day’s allowance; the line is 100\u00a0%.`}
    >
      <div className="grid gap-4 px-3 py-3 md:px-4 lg:grid-cols-[minmax(0,1fr)_200px]">
        <ol
          aria-label="Daily entries"
          className="grid content-start gap-px overflow-x-auto min-[1212px]:grid-flow-col min-[1212px]:auto-cols-[minmax(76px,120px)] min-[1212px]:gap-1"
        >
          {plan.days.map((day) => (
            <Day key={day.date} day={day} unsigned={plan.unsigned.includes(day.date)} />
          ))}
          {today ? (
            <li className="grid min-w-0 grid-cols-[76px_minmax(0,1fr)_auto_24px] items-center gap-x-3 gap-y-1 py-1.5 text-12 min-[1212px]:grid-cols-1 min-[1212px]:content-start min-[1212px]:text-center">
              <span className="font-medium">{dayWords(today.date)}</span>
              <span className="rounded-2 border border-accent border-dashed px-1 py-1.5 text-center">
                <Status kind="live">so far</Status>
              </span>
              <Money actual={today.actualNanoUsd} target={today.targetNanoUsd} percent={today.percent} />
              <Bar actual={today.actualNanoUsd} target={today.targetNanoUsd} open />
              <Step percent={today.percent} />
              <span className="order-5 text-ink-3 max-[1211px]:hidden">–</span>
            </li>
          ) : null}
        </ol>
        <aside className="grid content-start gap-2 border-line max-lg:border-t max-lg:pt-3 lg:border-l lg:pl-4">
          <p>
            <b className="text-32 tabular-nums leading-9">{stable.days}</b>{' '}
            <span className="text-12 text-ink-2">of {stable.need} stable days at 100&nbsp;%</span>
          </p>
          <p className="text-12 text-ink-2">
            {stable.earliestClose === null
              ? 'When it can be closed is not known yet.'
              : `Earliest close ${dayWords(stable.earliestClose)}.`}
          </p>
          {plan.unsigned.length > 0 ? (
            <SignOff planId={plan.id} date={plan.unsigned[0] as string} left={plan.unsigned.length} maySign={maySign} />
          ) : null}
        </aside>
      </div>
    </Panel>
  );
}

function Day({ day, unsigned }: { day: DayOut; unsigned: boolean }) {
  const corrected = day.corrections > 0 && day.first;
  return (
    <li className="grid min-w-0 grid-cols-[76px_minmax(0,1fr)_auto_24px] items-center gap-x-3 gap-y-1 border-line border-t py-1.5 text-12 first:border-t-0 min-[1212px]:grid-cols-1 min-[1212px]:content-start min-[1212px]:border-t-0 min-[1212px]:text-center">
      <span className="text-ink-2">{dayWords(day.date)}</span>
      <details
        className={cx(
          'group relative rounded-2 px-1 py-1.5',
          TINT[day.verdict],
          corrected && '[background-image:linear-gradient(225deg,var(--warn)_8px,transparent_8.5px)]',
        )}
      >
        <summary className="cursor-pointer list-none text-center">
          <Status kind={VERDICT_STATUS[day.verdict]}>{day.verdict}</Status>
        </summary>
        <p className="mt-1 text-left text-11 text-ink-2">
          {day.facts.because}
          {corrected
            ? ` Corrected by late data: ${formatMoney(corrected.actualNanoUsd)} (${corrected.verdict}) was written first, it is ${formatMoney(day.actualNanoUsd)} now.`
            : ''}
          {day.note ? ` “${day.note}”` : ''}
        </p>
      </details>
      <Money actual={day.actualNanoUsd} target={day.targetNanoUsd} percent={day.percent} />
      <Bar actual={day.actualNanoUsd} target={day.targetNanoUsd} />
      <Step percent={day.percent} />
      {day.signedOffBy ? (
        <span
          title={`Signed off by ${day.signedOffBy}`}
          className="inline-grid size-6 place-items-center justify-self-center rounded-full border border-line-strong bg-sunken font-semibold text-[10px] text-ink-2 max-[1211px]:col-start-4 max-[1211px]:row-start-1 min-[1212px]:order-5"
        >
          <span aria-hidden="true">{initialsOf(day.signedOffBy)}</span>
          <span className="sr-only">signed off by {day.signedOffBy}</span>
        </span>
      ) : (
        <span
          title="Not signed off"
          className="inline-block size-6 justify-self-center rounded-full border-2 border-warn border-dashed max-[1211px]:col-start-4 max-[1211px]:row-start-1 min-[1212px]:order-5"
        >
          <span className="sr-only">{unsigned ? 'not signed off' : 'no sign-off needed'}</span>
        </span>
      )}
    </li>
  );
}

type Spent = { actual: string; target: string; percent: number | null };

const Money = ({ actual, target, percent }: Spent) => (
  <span className="text-right tabular-nums min-[1212px]:order-3 min-[1212px]:text-center">
    <b className="font-medium">{formatMoney(actual)}</b>
    <span className="block text-11 text-ink-2">{target === '0' && percent === null ? 'no step' : `/ ${formatMoney(target)}`}</span>
  </span>
);

/** What was spent against 100 % of the allowance, which is the tick: up to 150 % is drawn, what is over is red. */
function Bar({ actual, target, open = false }: Omit<Spent, 'percent'> & { open?: boolean }) {
  const share = shareOfAllowance(actual, target);
  const width = (part: number) => `${Math.min(100, Math.max(0, part * (100 / 1.5)))}%`;
  return (
    <span aria-hidden="true" className="relative col-span-2 block h-2 rounded-1 bg-sunken min-[1212px]:order-2 min-[1212px]:col-span-1">
      {share === null ? null : (
        <>
          <span
            className={cx('keep-colour absolute inset-y-0 left-0 rounded-1', open ? 'border border-accent border-dashed' : 'bg-accent')}
            style={{ width: width(Math.min(share, 1)) }}
          />
          {share > 1 ? (
            <span className="keep-colour absolute inset-y-0 bg-stop" style={{ left: width(1), width: width(Math.min(share, 1.5) - 1) }} />
          ) : null}
        </>
      )}
      <span className="absolute -inset-y-0.5 w-px bg-ink" style={{ left: width(1) }} />
    </span>
  );
}

/** The resume step as a stair: how much of the target may flow. */
const Step = ({ percent }: { percent: number | null }) => (
  <span className="text-right text-11 text-ink-2 tabular-nums min-[1212px]:order-4 min-[1212px]:text-center">
    {percent === null ? 'stopped' : `${percent}\u00a0%`}
    <span aria-hidden="true" className="block h-4 max-[1211px]:hidden">
      <span
        className={cx('block border-t-2', percent === null ? 'border-stop' : 'border-accent bg-accent-tint')}
        style={{
          marginTop: `${16 - Math.max(2, (Math.log10((percent ?? 0) + 1) / 2) * 16)}px`,
          height: `${Math.max(2, (Math.log10((percent ?? 0) + 1) / 2) * 16)}px`,
        }}
      />
    </span>
  </span>
);
