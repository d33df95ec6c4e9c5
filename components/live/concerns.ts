import type { LiveEvent } from './follow';

/** What is on screen because of something that happened: the queries to ask anew, and whether the page itself is to be read again. */
export type Concern = {
  /** Beginnings of query keys; `everything` where nobody can tell. */
  keys: readonly (readonly string[])[] | 'everything';
  page: boolean;
  /** A stop does not wait its turn. */
  isUrgent: boolean;
};

const some = (...keys: (readonly string[])[]): readonly (readonly string[])[] => keys;
const budgetKeys = (id: string | undefined) => some(id === undefined ? ['budget'] : ['budget', id], ['budgets'], ['overview']);

/** By the noun of an event: which answers of the API may be others now. A noun that is not here concerns everything. */
const KEYS: Record<string, (event: LiveEvent) => Concern['keys']> = {
  stop: ({ resource }) => some(...budgetKeys(resource?.budgetId), ['breach'], ['breaches'], ['plan'], ['plans']),
  level: ({ resource }) => budgetKeys(resource?.id),
  grant: ({ resource }) => some(...budgetKeys(resource?.budgetId), ['plan'], ['plans']),
  breach: ({ resource }) => some(['breach', resource?.id ?? ''], ['breaches'], ['overview']),
  plan: ({ resource }) => some(['plan', resource?.id ?? ''], ['plans'], ['breach', resource?.breachId ?? ''], ['breaches'], ['overview']),
  action: () => some(['actions'], ['breach'], ['workload'], ['overview']),
  notice: () => some(['notices']),
  // Pages of these are drawn by the server alone.
  member: () => [],
  channel: () => [],
  key: () => [],
};

/** Which pages show, drawn by the server and asked by no query, what a noun is about. */
const PAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/containment/, ['stop', 'level', 'grant']],
  [/^\/workloads\/./, ['stop', 'grant', 'action']],
  [/^\/settings/, ['member', 'channel', 'key']],
  [/^\/settings\/channels/, ['notice']],
];

const URGENT = new Set(['stop.raised', 'stop.lifted', 'breach.opened', 'breach.reopened']);

/** What an event concerns for someone who looks at a page. @param path of the page */
export function concernOf(event: LiveEvent, path: string): Concern {
  const noun = event.type.split('.')[0] ?? '';
  const keysOf = KEYS[noun];
  if (keysOf === undefined) return { keys: 'everything', page: true, isUrgent: false };
  const isDrawn = PAGES.some(([pages, nouns]) => pages.test(path) && nouns.includes(noun));
  const isItsOwn = noun === 'breach' && event.resource !== null && path === `/breaches/${event.resource.id}`;
  return { keys: keysOf(event), page: isDrawn || isItsOwn, isUrgent: URGENT.has(event.type) };
}
