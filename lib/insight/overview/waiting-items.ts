import { formatCount, formatPercent } from '@/lib/kernel/format-money';
import { formatDay } from '@/lib/kernel/format-time';
import { toIso } from '@/lib/kernel/instant';
import { since } from './first-line';
import type { AttentionItem } from './schema';
import type { OpenBreach, Prepared, Undelivered } from './waiting';

/** The clock and the zone that sentences are said in. */
type Said = { now: string; zone: string };

const item = (base: Omit<AttentionItem, 'adopt'>): AttentionItem => ({ ...base, adopt: null });
const hrefOf = (id: string): string => `/breaches/${id}`;

const ACTIONS: Record<string, string> = {
  route: 'The cheaper model',
  rate_limit: 'A rate limit',
  disable_feature: 'A feature switched off',
  block: 'A block',
};

/** What was crossed, and when, as a clause. */
function crossed({ cause, level, openedAt }: OpenBreach, { now, zone }: Said): string {
  const at = since(toIso(openedAt), now, zone);
  if (cause === 'refusing') return `Nothing passes since ${at}`;
  return cause === 'level' && level !== null ? `${formatPercent(level, 0)} of its amount reached ${at}` : `Stopped ${at}`;
}

/** A breach that nobody has answered: the climb goes on until somebody does. */
export function unansweredItem(breach: OpenBreach, said: Said): AttentionItem[] {
  if (breach.isAnswered) return [];
  const climbs =
    breach.nextClimbAt === null ? 'it climbs no further' : `it climbs ${since(toIso(breach.nextClimbAt), said.now, said.zone)}`;
  return [
    item({
      ...{ kind: 'unanswered', key: `unanswered ${breach.id}`, word: 'Unanswered', subject: breach.budgetName },
      ...{
        sentence: `${crossed(breach, said)}; ${climbs} unless somebody takes it on.`,
        act: { label: 'Answer', href: hrefOf(breach.id) },
      },
    }),
  ];
}

/** A breach that somebody has and that does not come back yet: what it waits for. */
export function heldItem(breach: OpenBreach, said: Said, refused: number): AttentionItem[] {
  if (!breach.isAnswered || breach.phase === 'recovering') return [];
  const has = `${breach.answeredBy ?? 'Somebody'} has it`;
  const calls = refused > 0 ? `; ${formatCount(refused)} ${refused === 1 ? 'call' : 'calls'} refused` : '';
  const next = breach.isRoomAnswered === false ? ' Say where its money comes from.' : ' It waits for its first step back.';
  const isStopped = breach.phase === 'contained';
  const word = crossed(breach, said);
  return [
    item({
      ...{ kind: isStopped ? 'stopped' : 'held', key: `breach ${breach.id}`, subject: breach.budgetName },
      word: isStopped && breach.cause === 'level' ? 'Contained' : word,
      sentence: `${has}${calls}.${isStopped ? next : ' Nothing holds its spend back.'}`,
      act: { label: 'Open', href: hrefOf(breach.id) },
    }),
  ];
}

/** Days of a recovery that nobody has signed off. */
export function unsignedItem(breach: OpenBreach): AttentionItem[] {
  const [first, ...more] = breach.unsigned;
  if (!first) return [];
  const others = more.length === 0 ? '' : ` and ${formatCount(more.length)} ${more.length === 1 ? 'day' : 'days'} after it`;
  const day = formatDay(`${first.date}T12:00:00Z`, 'UTC');
  const was = more.length === 0 ? `${day} was ${first.verdict}` : `${day}${others}`;
  return [
    item({
      ...{ kind: 'unsigned', key: `unsigned ${breach.id}`, word: 'Sign-off due', subject: breach.budgetName },
      sentence: more.length === 0 ? `${was}, and nobody has signed it off.` : `${was} are not signed off.`,
      act: { label: 'Sign off', href: `${hrefOf(breach.id)}#days` },
    }),
  ];
}

/** An action that is prepared and waits for a yes. */
export const preparedItem = ({ id, kind, createdAt, of }: Prepared, { now, zone }: Said): AttentionItem =>
  item({
    ...{ kind: 'prepared', key: `prepared ${id}`, word: 'Waits for a yes', subject: of },
    sentence: `${ACTIONS[kind] ?? 'An action'} is prepared since ${since(toIso(createdAt), now, zone)}; spend goes on until somebody decides.`,
    act: { label: 'Decide', href: '/containment' },
  });

/** Notices that did not reach a receiver and are not tried again by themselves. */
export const undeliveredItem = ({ to, channelId, notices, last }: Undelivered, { now, zone }: Said): AttentionItem =>
  item({
    ...{ kind: 'undelivered', key: `undelivered ${channelId ?? to}`, word: 'Not delivered', subject: to },
    sentence: `${formatCount(notices)} ${notices === 1 ? 'notice was' : 'notices were'} given up, the last of ${since(toIso(last), now, zone)}.`,
    act: { label: 'Send again', href: '/settings/channels' },
  });
