/** A step as the form holds it: minutes as typed; `key` tells one from another while they move. */
export type StepDraft = { key: number; targets: string[]; minutes: string };

/** A policy as the form holds it. */
export type PolicyDraft = { name: string; steps: StepDraft[]; repeats: string; expires: string; isDefault: boolean };

/** A policy as the page shows one. */
export type PolicyShown = {
  id: string;
  etag: string;
  name: string;
  steps: { targets: string[]; minutesToAcknowledge: number }[];
  repeats: number;
  acknowledgeExpiresMinutes: number | null;
  isDefault: boolean;
  budgets: number;
};

/** Who may be told: by duty, by name, by channel. `now`: whom that leads to now, where the label does not say it by itself. */
export type Target = { value: string; label: string; now?: string | undefined };

/** A member as targets lead to them. `away`: until when, already in words; null when they are here. */
export type Reached = {
  id: string;
  name: string;
  isAdmin: boolean;
  isEscalationOwner: boolean;
  away: string | null;
  deputyId: string | null;
};

/** Someone by name, and who stands in for them while they are away. */
function reachedWords(member: Reached, members: Reached[]): string {
  if (member.away === null) return member.name;
  const deputy = members.find((each) => each.id === member.deputyId)?.name;
  return `${member.name}, away until ${member.away}: ${deputy === undefined ? 'nobody stands in' : `${deputy} stands in`}`;
}

const listed = (members: Reached[], all: Reached[]): string =>
  members.length === 0 ? 'nobody has this duty: the admins' : members.map((each) => reachedWords(each, all)).join('; ');

/** Everyone that a step can name, with whom it leads to now. */
export function memberTargets(members: Reached[]): Target[] {
  const duties = DUTY_TARGETS.map((each) => {
    if (each.value === 'escalation_owner')
      return {
        ...each,
        now: listed(
          members.filter((m) => m.isEscalationOwner),
          members,
        ),
      };
    if (each.value === 'admins')
      return {
        ...each,
        now: listed(
          members.filter((m) => m.isAdmin),
          members,
        ),
      };
    return each;
  });
  const named = members.map((each) => ({
    ...{ value: `member:${each.id}`, label: each.name },
    now: each.away === null ? undefined : reachedWords(each, members).slice(each.name.length + 2),
  }));
  return [...duties, ...named];
}

export const DUTY_TARGETS: Target[] = [
  { value: 'escalation_owner', label: 'Escalation owners' },
  { value: 'budget_owner', label: 'The budget’s owner' },
  { value: 'admins', label: 'Admins' },
];

const nameOf = (target: string, targets: Target[]): string => targets.find((each) => each.value === target)?.label ?? target;

/** A target with whom it leads to now: "Escalation owners (Emil, away until Fri 28 Nov: Ada stands in)". */
function reachedNow(target: string, targets: Target[]): string {
  const now = targets.find((each) => each.value === target)?.now;
  return now === undefined ? nameOf(target, targets) : `${nameOf(target, targets)} (${now})`;
}
const minutesWords = (count: number): string => (count === 1 ? '1 minute' : `${count} minutes`);

/** One step in a sentence: "Escalation owners (Emil), Ada: 15 minutes". */
export const stepWords = (step: PolicyShown['steps'][number], targets: Target[]): string =>
  `${step.targets.map((each) => reachedNow(each, targets)).join(', ')}: ${minutesWords(step.minutesToAcknowledge)}`;

/** What comes after the steps. */
export function endWords({ repeats, acknowledgeExpiresMinutes }: Pick<PolicyShown, 'repeats' | 'acknowledgeExpiresMinutes'>): string {
  const again = repeats === 0 ? 'Then' : `${repeats === 1 ? 'Once more' : `${repeats} times more`}, then`;
  const expiry =
    acknowledgeExpiresMinutes === null
      ? 'An answer stays.'
      : `An answer counts ${minutesWords(acknowledgeExpiresMinutes)} while nothing holds spend back.`;
  return `${again} admins, every hour. ${expiry}`;
}

/** The first line: who is told first when a budget without a policy of its own is breached. */
export function escalationLine(policies: PolicyShown[], targets: Target[]): string {
  const standard = policies.find((each) => each.isDefault);
  const first = standard?.steps[0];
  if (!first) return 'A breach is told to its owners, and to the admins 15 minutes later.';
  return `A breach is first told to ${first.targets.map((each) => nameOf(each, targets)).join(', ')}.`;
}

let made = 0;

export const emptyStep = (): StepDraft => ({ key: ++made, targets: ['escalation_owner'], minutes: '15' });

/** A draft of a policy that is there, or of a new one. */
export const draftOf = (policy: PolicyShown | null): PolicyDraft => ({
  name: policy?.name ?? '',
  steps: policy?.steps.map((each) => ({ key: ++made, targets: each.targets, minutes: String(each.minutesToAcknowledge) })) ?? [emptyStep()],
  repeats: String(policy?.repeats ?? 1),
  expires: policy === null ? '60' : String(policy.acknowledgeExpiresMinutes ?? ''),
  isDefault: policy?.isDefault ?? false,
});

const whole = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** A draft as the API takes it; a number that is none is left for the API to say so. */
export const policyFrom = (draft: PolicyDraft) => ({
  name: draft.name,
  steps: draft.steps.map(({ targets, minutes }) => ({ targets, minutesToAcknowledge: whole(minutes) })),
  repeats: whole(draft.repeats),
  acknowledgeExpiresMinutes: draft.expires.trim() === '' ? null : whole(draft.expires),
  isDefault: draft.isDefault,
});
