'use client';

import { EditPolicy } from '@/components/escalation/edit-policy';
import { EndPolicy } from '@/components/escalation/end-policy';
import { PolicyList } from '@/components/escalation/policy-list';
import type { PolicyShown, Target } from '@/components/escalation/words';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { usePolicyEnd, usePolicySave } from '@/lib/breach/policy/client';

export function MakePolicy({ targets }: { targets: Target[] }) {
  const trigger = (
    <Button kind="primary" icon="plus">
      Make a policy
    </Button>
  );
  return <EditPolicy policy={null} targets={targets} save={usePolicySave(null)} trigger={trigger} />;
}

function ChangePolicy({ policy, targets }: { policy: PolicyShown; targets: Target[] }) {
  const trigger = (
    <Button small icon="pencil">
      Change
    </Button>
  );
  return <EditPolicy policy={policy} targets={targets} save={usePolicySave(policy)} trigger={trigger} />;
}

/** The list of policies with what an admin may do to each. */
export function Policies({ policies, targets, mayWrite }: { policies: PolicyShown[]; targets: Target[]; mayWrite: boolean }) {
  const end = usePolicyEnd();
  return (
    <Panel title="Escalation policies" sub={mayWrite ? undefined : 'Admins make and change them.'}>
      <PolicyList
        policies={policies}
        targets={targets}
        acts={(policy) =>
          mayWrite ? (
            <>
              <ChangePolicy key={policy.etag} policy={policy} targets={targets} />
              <EndPolicy policy={policy} end={end} />
            </>
          ) : null
        }
      />
    </Panel>
  );
}
