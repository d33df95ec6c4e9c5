import type { BreachDetailOut } from '@/lib/breach/schema';
import { formatLength, momentMs } from '@/lib/kernel/format-time';
import { cx } from '../ui/class-names';
import { Status, type StatusKind } from '../ui/status';

type Phase = { label: string; kind: StatusKind; note: string; current: boolean };

const since = (from: string, to: string): string => formatLength(momentMs(to) - momentMs(from));

/** The four things a breach asks for, in order, and how far each is. @param recover what recovery says of itself */
export function phasesOf(breach: BreachDetailOut, recover: string | null): Phase[] {
  const { phase, answeredAt, openedAt, answeredByName, climb, closedAt, actionIds, isStopped } = breach;
  const over = phase === 'closed';
  const holds = [
    isStopped ? 'stopped' : null,
    actionIds.length > 0 ? `${actionIds.length} ${actionIds.length === 1 ? 'action' : 'actions'}` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
  const contained = phase !== 'open';
  const recovering = phase === 'recovering';
  return [
    {
      label: 'Answer',
      kind: answeredAt ? 'ok' : over ? 'off' : 'warn',
      note: answeredAt
        ? `${answeredByName ?? 'answered'}, after ${since(openedAt, answeredAt)}`
        : over
          ? 'nobody'
          : `step ${climb.step} of ${climb.steps}, nobody yet`,
      current: answeredAt === null && !over,
    },
    {
      label: 'Contain',
      kind: contained ? 'ok' : 'off',
      note: contained ? (holds === '' ? 'nothing held back now' : holds) : 'nothing holds spend back',
      current: answeredAt !== null && phase === 'open',
    },
    {
      label: 'Recover',
      kind: over ? 'ok' : recovering ? 'live' : 'off',
      note: recover ?? (over ? 'done' : recovering ? 'under way' : 'not begun'),
      current: recovering || (answeredAt !== null && phase === 'contained'),
    },
    { label: 'Close', kind: over ? 'ok' : 'off', note: closedAt ? `after ${since(openedAt, closedAt)}` : 'not yet', current: false },
  ];
}

/** Answer → Contain → Recover → Close. The one that waits is underlined, not tinted: a status has its contrast on the surface. */
export function PhaseRail({ phases }: { phases: Phase[] }) {
  return (
    <ol aria-label="Phases" className="grid gap-px overflow-hidden rounded-3 border border-line bg-line sm:grid-cols-4">
      {phases.map((phase) => (
        <li
          key={phase.label}
          aria-current={phase.current ? 'step' : undefined}
          className={cx('min-w-0 bg-surface px-3 py-2 md:px-4', phase.current && 'shadow-[inset_0_-2px_0_var(--accent)]')}
        >
          <Status kind={phase.kind}>{phase.label}</Status>
          <p className="text-12 text-ink-2 [overflow-wrap:anywhere] max-sm:inline max-sm:pl-2">{phase.note}</p>
        </li>
      ))}
    </ol>
  );
}
