'use client';

import { cx } from '../ui/class-names';
import { Status } from '../ui/status';
import type { Rung } from './rung';
import { STATE_WORDS, statusOf } from './words';

/** Read at arm's length: off has no box, prepared a dashed one, taking hold a striped one, in force a filled one, failed a thick outline. */
const BOXES: Record<Rung['state'], string> = {
  off: 'border-transparent',
  prepared: 'border-dashed border-line-strong',
  taking_hold: 'border-contained bg-[repeating-linear-gradient(-45deg,var(--contained-tint)_0_6px,transparent_6px_12px)]',
  in_force: 'border-contained bg-contained-tint',
  failed: 'border-2 border-stop',
};

type RungBoxProps = { rung: Rung; label: string; row: string; onPress: (() => void) | null };

/** One rung of one workload. Pressing it opens the switch, or what stands on it. */
export function RungBox({ rung, label, row, onPress }: RungBoxProps) {
  const stopped = rung.kind === 'block' && rung.state === 'in_force';
  const confirmed = rung.actions.find((action) => action.state === 'taking_hold')?.confirmedBy;
  const note = rung.state === 'taking_hold' && confirmed ? `${confirmed.confirmed} of ${confirmed.of} processes` : rung.note;
  const body = (
    <>
      <span className="text-11 text-ink-2 lg:hidden">{label}</span>
      <Status kind={statusOf(rung.state, rung.kind)} className={rung.state === 'off' ? 'font-normal' : undefined}>
        {STATE_WORDS[rung.state]}
      </Status>
      <span className="block text-11 lg:min-h-4 text-ink-2 leading-4 [overflow-wrap:anywhere]">{note}</span>
    </>
  );
  const box = cx(
    'grid w-full min-w-0 content-start gap-0.5 rounded-2 border px-2 py-1.5 text-left text-12',
    stopped ? 'border-stop bg-stop-tint' : BOXES[rung.state],
  );
  if (!onPress) return <span className={box}>{body}</span>;
  return (
    <button
      type="button"
      onClick={onPress}
      className={cx(box, 'hover:bg-hover')}
      aria-label={`${row}, ${label}: ${STATE_WORDS[rung.state]}${note ? `, ${note}` : ''}`}
    >
      {body}
    </button>
  );
}
