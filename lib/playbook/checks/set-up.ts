import { are, type Facts, type Finding } from './finding';

const IDLE_DAYS = 90;
/** Outcomes of so large a part of calls tell something of the rest. */
const OUTCOMES_SHARE = 0.5;

/** Whether a person is reached outside the app. */
export function reachable({ channels }: Facts): Finding {
  const reached = channels.filter((each) => each.ok);
  if (reached.length > 0) return { done: true, say: `The last delivery by ${reached[0]?.name} went through.`, gaps: [] };
  const say = channels.length === 0 ? 'There is no channel yet.' : 'Nothing has been delivered by any channel yet.';
  return { done: false, say, gaps: [{ label: 'Channels', say: 'Add one and send a test.', act: 'Open', href: '/settings/channels' }] };
}

/** Whether every call has a price. */
export function priced({ unpriced }: Facts): Finding {
  const gaps = unpriced.map(({ provider, model }) => ({
    label: model,
    say: `It is used by way of ${provider}.`,
    act: 'Add price',
    href: '/data#unpriced',
  }));
  if (gaps.length === 0) return { done: true, say: 'No call is without a price.', gaps };
  return { done: false, say: `${gaps.length} ${are(gaps.length, 'model that is used has', 'models that are used have')} no price.`, gaps };
}

/** Whether recoveries are looked at daily. */
export function recoveriesSigned({ breaches }: Facts): Finding {
  const gaps = breaches
    .filter((each) => each.unsigned > 0)
    .map(({ id, budgetName, unsigned }) => ({
      ...{ label: budgetName, say: `${unsigned} ${are(unsigned, 'day is', 'days are')} not signed off.` },
      ...{ act: 'Sign', href: `/breaches/${id}#days` },
    }));
  if (gaps.length === 0)
    return { done: true, say: breaches.length === 0 ? 'Nothing is recovering.' : 'Every day of each recovery is signed off.', gaps };
  return {
    done: false,
    say: `${gaps.length} ${are(gaps.length, 'recovery has', 'recoveries have')} days that nobody has signed off.`,
    gaps,
  };
}

/** Keys are told by their number: their names are the admins'. */
const toKeys = (say: string) => [{ label: 'API keys', say, act: 'Open', href: '/settings/keys' }];

/** Whether keys spend for one workload only. */
export function keysPinned({ keys }: Facts): Finding {
  const spending = keys.filter((each) => each.spends);
  if (spending.length === 0) return { done: false, say: 'There is no key that can spend yet.', gaps: [] };
  const loose = spending.filter((each) => !each.isPinned).length;
  if (loose === 0) return { done: true, say: 'Every key that can spend is pinned.', gaps: [] };
  const say = `${loose} of ${spending.length} ${are(spending.length, 'key that can spend', 'keys that can spend')} ${are(loose, 'is', 'are')} not pinned.`;
  return { done: false, say, gaps: toKeys('One that is not pinned can spend under any name.') };
}

/** Whether keys that nobody uses are gone. */
export function keysUsed({ keys }: Facts): Finding {
  const idle = keys.filter((each) => each.idleDays >= IDLE_DAYS).length;
  if (idle === 0) return { done: true, say: `No key lies unused for ${IDLE_DAYS} days.`, gaps: [] };
  const say = `${idle} of ${keys.length} ${are(keys.length, 'key', 'keys')} ${are(idle, 'lies', 'lie')} unused.`;
  return { done: false, say, gaps: toKeys(`Not used for ${IDLE_DAYS} days and more.`) };
}

/** Whether someone can act when the admin is away. */
export function secondAdmin({ admins }: Facts): Finding {
  if (admins > 1) return { done: true, say: `There are ${admins} admins.`, gaps: [] };
  return {
    done: false,
    say: 'There is one admin.',
    gaps: [{ label: 'Members', say: 'Invite a second one.', act: 'Invite', href: '/settings/members' }],
  };
}

/** Whether it is known what came of calls. */
export function outcomes({ outcomes: { calls, told } }: Facts): Finding {
  if (calls === 0) return { done: false, say: 'There were no calls in the last 30 days.', gaps: [] };
  const percent = Math.floor((told / calls) * 100);
  const say = `What came of ${told === 0 ? 'no call' : `${percent} % of calls`} is known, over the last 30 days.`;
  if (told / calls >= OUTCOMES_SHARE) return { done: true, say, gaps: [] };
  return {
    done: false,
    say,
    gaps: [{ label: 'Outcomes', say: 'Send outcome, quality or converted with the call, or later.', act: 'How', href: '/docs/api' }],
  };
}
