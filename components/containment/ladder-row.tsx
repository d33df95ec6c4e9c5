'use client';

import Link from 'next/link';
import { useEndAction, useStartAction } from '@/lib/containment/client';
import type { ActionOut } from '@/lib/containment/schema';
import type { ApiProblem } from '@/lib/http/call';
import { formatMoney, NO_FIGURE } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { Status } from '../ui/status';
import { sayDone, sayFailed } from '../ui/toast';
import { CRITICALITY_WORDS } from '../workload/words';
import { ActionLine } from './action-line';
import type { Row, Rung } from './rung';
import { RungBox } from './rung-box';
import { RUNGS, undoable } from './rungs';
import { canStop } from './words';

type LadderRowProps = {
  row: Row;
  open: boolean;
  onToggle: () => void;
  /** Opens what stands on a rung, or asks to switch it; null where this person may not. */
  onPress: ((rung: Rung) => void) | null;
  onSwitch: ((rung: Rung) => void) | null;
  zone: string;
  serverNow: string;
};

const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, each) => total + BigInt(each), 0n);

/** One workload: its four rungs, and under them, when it is open, what stands on each. */
export function LadderRow({ row, open, onToggle, onPress, onSwitch, zone, serverNow }: LadderRowProps) {
  const actions = row.rungs.flatMap((rung) => rung.actions);
  const saved = sum(actions.map((action) => action.savedNanoUsd));
  const notSpent = sum(actions.flatMap((action) => action.notSpentNanoUsd ?? []));
  const byHand = !canStop(row);
  const id = `held-${row.key}`;
  return (
    <li className="border-line border-t">
      <div className="grid gap-2 px-3 py-2 md:px-4 lg:grid-cols-[minmax(140px,1.2fr)_repeat(4,minmax(0,1fr))_minmax(90px,auto)]">
        <button
          type="button"
          onClick={onToggle}
          aria-expanded={open}
          aria-controls={id}
          className="flex min-w-0 items-start gap-1.5 rounded-2 py-1 text-left hover:bg-hover"
        >
          <Icon name={open ? 'chevron_down' : 'chevron_right'} className="mt-0.5 size-3.5 flex-none text-ink-2" />
          <span className="min-w-0">
            <span className="block font-medium [overflow-wrap:anywhere]">{row.name}</span>
            <span className="block text-11 text-ink-2">
              {row.workload ? CRITICALITY_WORDS[row.workload.criticality].toLowerCase() : 'crosses workloads'}
              {byHand ? ', only reports' : ''}
            </span>
          </span>
        </button>
        {byHand ? (
          <div className="grid content-start gap-0.5 px-2 py-1.5 text-12 lg:col-span-4">
            <Status kind={row.workload?.stopByHand ? 'off' : 'warn'}>stopped by hand only</Status>
            <span className="text-11 text-ink-2 [overflow-wrap:anywhere]">
              {row.workload?.stopByHand ??
                'It reports after the call, so nothing can be changed before it, and nobody wrote down how to stop it.'}
            </span>
          </div>
        ) : (
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-4 lg:contents">
            {row.rungs.map((rung, i) => (
              <RungBox
                key={rung.kind}
                rung={rung}
                row={row.name}
                label={`${i + 1} ${RUNGS[i]?.label}`}
                onPress={onPress ? () => onPress(rung) : null}
              />
            ))}
          </div>
        )}
        <div className="text-right text-12 tabular-nums max-lg:hidden">
          <span className="block">{actions.length === 0 ? <span className="text-ink-3">{NO_FIGURE}</span> : formatMoney(saved)}</span>
          {actions.length === 0 ? null : <span className="block text-11 text-ink-2">measured</span>}
          {notSpent > 0n ? <span className="block text-11 text-ink-2">{formatMoney(notSpent, { sign: 'estimate' })} not spent</span> : null}
        </div>
      </div>
      <div id={id} hidden={!open} className="border-line border-t bg-sunken">
        <Detail row={row} actions={actions} onSwitch={onSwitch} zone={zone} serverNow={serverNow} />
      </div>
    </li>
  );
}

function Detail({
  row,
  actions,
  onSwitch,
  zone,
  serverNow,
}: Pick<LadderRowProps, 'row' | 'onSwitch' | 'zone' | 'serverNow'> & { actions: ActionOut[] }) {
  const start = useStartAction();
  const end = useEndAction();
  const last = undoable(row);
  const failed = (problem: ApiProblem) => sayFailed(problem.detail);
  const act = (action: ActionOut) => {
    if (!onSwitch) return null;
    if (action.state === 'prepared')
      return (
        <Button
          small
          kind="danger"
          busy={start.isPending}
          onClick={() => start.mutateAsync(action.id).then(() => sayDone('Switched on: taking hold.'), failed)}
        >
          Say yes
        </Button>
      );
    if (action.id !== last?.id) return <span className="text-ink-3">after the stricter one</span>;
    const undo = () =>
      end
        .mutateAsync({ id: action.id, reason: 'Taken back on the containment screen' })
        .then(() => sayDone('Taken back: it flows again.'), failed);
    return (
      <Button small icon="undo" busy={end.isPending} onClick={() => void undo()}>
        Undo
      </Button>
    );
  };
  const stop = row.rungs.find((rung) => rung.stop)?.stop;
  const off = onSwitch && row.workload && canStop(row) ? row.rungs.filter((rung) => rung.state === 'off' || rung.actions.length === 0) : [];
  return (
    <>
      {stop ? (
        <p className="px-3 py-2 text-12 md:px-4">
          <Status kind="stopped">stopped</Status> by its budget{' '}
          <Link href={`/budgets/${stop.budgetId}`} className="font-medium hover:underline">
            {stop.budgetName}
          </Link>
          : lifted there, once there is room.
        </p>
      ) : null}
      {actions.length === 0 && !stop ? <p className="px-3 py-2 text-12 text-ink-2 md:px-4">Nothing is held back here.</p> : null}
      <ul>
        {actions.map((action) => (
          <ActionLine key={action.id} action={action} zone={zone} serverNow={serverNow} act={act(action)} />
        ))}
      </ul>
      {off.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2 border-line border-t px-3 py-2 text-12 md:px-4">
          <span className="text-ink-2">Switch</span>
          {off.map((rung) => (
            <Button key={rung.kind} small onClick={() => onSwitch?.(rung)}>
              {RUNGS.find((each) => each.kind === rung.kind)?.label}
            </Button>
          ))}
        </div>
      ) : null}
    </>
  );
}
