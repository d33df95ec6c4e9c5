import { Fault } from '@/lib/kernel/fault';

/** A budget may name an escalation policy; there is none to name before any exists. @throws Fault escalation_policy.unknown */
export function refusePolicy(id: string | null | undefined): void {
  if (id === null || id === undefined) return;
  const detail = 'There is no such escalation policy in this organisation. Leave it out.';
  throw new Fault('escalation_policy.unknown', detail, {
    errors: [{ pointer: '/escalationPolicyId', code: 'escalation_policy.unknown', detail }],
  });
}
