'use client';

import { formatCount } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { FormFault, type FormProblem } from '../ui/form/form-fault';
import { Panel } from '../ui/panel';

type OpenSampleProps = {
  refused: string | null;
  busy: boolean;
  progress: { done: number; total: number } | null;
  problem: FormProblem | null;
  onOpen: () => void;
};

/** The sample: a company's months of made-up usage, apart from one's own, gone in one press. */
export function OpenSample({ refused, busy, progress, problem, onOpen }: OpenSampleProps) {
  const isCounted = progress !== null && progress.total > 0;
  return (
    <Panel
      finding
      title="Look around in a company that has run for months."
      sub="A workspace of its own, marked as sample on every page. Your own figures stay as they are."
    >
      <div className="grid gap-3 px-3 py-3 md:px-4">
        {busy ? (
          <div className="grid max-w-md gap-1.5">
            <p role="status">
              {isCounted
                ? `Making it: ${formatCount(progress.done)} of ${formatCount(progress.total)}.`
                : 'Making it. This takes a few seconds.'}
            </p>
            <div
              role="progressbar"
              aria-label="The sample"
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={isCounted ? Math.round((progress.done / progress.total) * 100) : undefined}
              className="keep-colour h-1.5 overflow-hidden rounded-full bg-sunken"
            >
              <div className="h-full bg-accent" style={{ width: isCounted ? `${(progress.done / progress.total) * 100}%` : '8%' }} />
            </div>
          </div>
        ) : null}
        {refused ? <p className="text-12 text-ink-2">{refused}</p> : null}
        {problem ? <FormFault problem={problem} /> : null}
        <div>
          <Button kind="primary" busy={busy} disabled={refused !== null} onClick={onOpen}>
            Open the sample
          </Button>
        </div>
      </div>
    </Panel>
  );
}

type LeaveSampleProps = { own: string; busy: boolean; mayRemove: boolean; problem: FormProblem | null; onLeave: (remove: boolean) => void };

/** In the sample: the way back to one's own organisation, with the sample kept or removed. */
export function LeaveSample({ own, busy, mayRemove, problem, onLeave }: LeaveSampleProps) {
  return (
    <Panel
      finding
      title={`Your own organisation is ${own}.`}
      sub="The sample stays as you leave it until you remove it. Removing it takes nothing from your own figures."
    >
      <div className="grid gap-3 px-3 py-3 md:px-4">
        {problem ? <FormFault problem={problem} /> : null}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" busy={busy} onClick={() => onLeave(false)}>
            Go to {own}
          </Button>
          {mayRemove ? (
            <Button busy={busy} icon="trash" onClick={() => onLeave(true)}>
              Go there and remove the sample
            </Button>
          ) : null}
        </div>
      </div>
    </Panel>
  );
}
