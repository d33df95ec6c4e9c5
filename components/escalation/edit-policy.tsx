'use client';

import { type ComponentProps, useState } from 'react';
import { Button } from '../ui/button';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { PolicyForm } from './policy-form';
import type { PolicyShown, policyFrom, Target } from './words';

type EditPolicyProps = {
  policy: PolicyShown | null;
  targets: Target[];
  save: Write<ReturnType<typeof policyFrom>>;
  trigger: ComponentProps<typeof Dialog>['trigger'];
};

/** Makes a policy, or changes one. */
export function EditPolicy({ policy, targets, save, trigger }: EditPolicyProps) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    save.reset();
  };
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={turn}
      title={policy ? `Change ${policy.name}` : 'Make an escalation policy'}
      sub={policy ? 'Breaches that are open go on as they began.' : 'Who is told of a breach, in which order, and how long each has.'}
      foot={
        <Button kind="primary" type="submit" form="policy" busy={save.isPending}>
          {policy ? 'Save' : 'Make the policy'}
        </Button>
      }
    >
      <PolicyForm
        policy={policy}
        targets={targets}
        problem={save.error}
        onSubmit={(input) => save.mutate(input, { onSuccess: () => turn(false) })}
      />
    </Dialog>
  );
}
