'use client';

import type { ApiProblem } from '@/lib/http/call';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/overlay/dialog';
import { Status } from '../../ui/status';

type ConfirmStopProps = {
  /** What the API answered; the question is asked when it is that a stop would be raised. */
  problem: ApiProblem | null;
  /** The button names the act. */
  act: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks for a yes to a change that raises a stop, and names the stop. */
export function ConfirmStop({ problem, act, busy, onConfirm, onClose }: ConfirmStopProps) {
  if (problem?.code !== 'budget.raises_stop') return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="This raises a stop"
      foot={
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button kind="danger" busy={busy} onClick={onConfirm}>
            {act}
          </Button>
        </div>
      }
    >
      <p>
        <Status kind="stopped">Stops at once</Status>
      </p>
      <p className="text-ink-2">{problem.detail.replace(/ Send confirm: true.*$/, '')}</p>
    </Dialog>
  );
}
