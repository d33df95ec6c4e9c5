import { formatDay } from '@/lib/kernel/format-time';

/** "2 keys", "1 key", "no key": counts as people say them. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  count === 0 ? `no ${one}` : `${count} ${count === 1 ? one : many}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const organisationLine = (zone: string, currency: string): string =>
  `Days and months begin in ${zone.replaceAll('_', ' ')}; amounts are entered in ${currency}.`;

/** Who there is, and what follows where only one person may do everything. */
export function membersLine(active: number, admins: number, invited: number): string {
  const head =
    active === 1
      ? 'The only member is the only admin: nobody can stand in'
      : `${capital(counted(active, 'member'))}, ${admins === 1 ? 'only one admin: nobody can stand in' : `${admins} of them admins`}`;
  return invited === 0 ? `${head}.` : `${head}; ${counted(invited, 'invitation')} open.`;
}

/** Until when someone is away, and who is told meanwhile: "away until Fri 28 Nov, Ben stands in". */
export function awayWords(
  { awayUntil, deputyId }: { awayUntil: string | null; deputyId: string | null },
  members: readonly { id: string; name: string }[],
  zone: string,
): string {
  const deputy = members.find((each) => each.id === deputyId)?.name;
  return `away until ${formatDay(awayUntil ?? '', zone)}, ${deputy ?? 'nobody'} stands in`;
}

export function keysLine(live: number, unused: number): string {
  if (live === 0) return 'No key is live: no program can send usage or ask.';
  if (live === 1) return unused === 0 ? 'One key is live, and it has been used.' : 'One key is live; it was never used.';
  const head = `${live} keys are live`;
  return unused === 0 ? `${head}, and each has been used.` : `${head}; ${unused === live ? 'none' : live - unused} of them ever used.`;
}

export const pricesLine = (set: number, version: string): string =>
  set === 0
    ? `Prices come from the catalogue ${version}; none is set over it.`
    : `${capital(counted(set, 'price'))} ${set === 1 ? 'is' : 'are'} set over the catalogue ${version}.`;

/** @param latest who made the latest change, what it was and how long ago; null when there is none that fits */
export const logLine = (latest: { by: string; what: string; age: string } | null, filtered: boolean): string =>
  latest === null
    ? `Nothing has been changed${filtered ? ' that fits this filter' : ' yet'}.`
    : `${latest.by} made the latest ${filtered ? 'of these changes' : 'change'}, ${latest.age}: ${latest.what.toLowerCase()}.`;

/** Roles as one chooses them. */
export const ROLE_WORDS = {
  viewer: ['Viewer', 'Sees every figure and every screen.'],
  analyst: ['Analyst', 'And prices, amounts, modes, exports.'],
  operator: ['Operator', 'And workloads, containment, stops.'],
  admin: ['Admin', 'Everything, and members, keys, settings.'],
} as const;
export type RoleName = keyof typeof ROLE_WORDS;

export const DUTY_WORDS = {
  budget_owner: ['Budget owner', 'Levels, modes and stops of the budgets they own.'],
  escalation_owner: ['Escalation owner', 'Answers when a budget stops.'],
} as const;
export type DutyName = keyof typeof DUTY_WORDS;

/** What a key's scopes let a program do. */
export const SCOPE_WORDS = {
  'usage:write': 'Send usage',
  'spend:authorize': 'Ask before a call, settle after it',
  gateway: 'Call models through the gateway',
  'flags:read': 'Read which features are on',
  read: 'Read what a viewer sees',
  admin: 'Do what an admin does',
} as const;
export type ScopeName = keyof typeof SCOPE_WORDS;

/** Decimal dollars ("0.15") as whole nano-dollars; null when it is no such number with at most nine decimals. */
export function nanoOfDollars(text: string): string | null {
  const match = /^(\d{1,6})(?:\.(\d{0,9}))?$/.exec(text);
  return match ? String(BigInt(`${match[1]}${(match[2] ?? '').padEnd(9, '0')}`)) : null;
}

/** Models as people write them, "openai/gpt-4o, vllm/llama"; null when a part is not `provider/model`. */
export function modelsOf(text: string): { provider: string; model: string }[] | null {
  const pairs = partsOf(text).map((part) => /^([^/]+?)\s*\/\s*(.+)$/.exec(part));
  return pairs.some((pair) => pair === null) ? null : pairs.map((pair) => ({ provider: pair?.[1] ?? '', model: pair?.[2] ?? '' }));
}

const partsOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Tags as people write them, "env=prod, team=search"; null when a part is not `name=value`. */
export function tagsOf(text: string): Record<string, string> | null {
  const pairs = partsOf(text).map((part) => /^([^=]+?)\s*=\s*(.+)$/.exec(part));
  if (pairs.some((pair) => pair === null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]]));
}
