import type { NewAction } from '@/lib/containment/client';
import type { ActionKind } from '@/lib/containment/schema';
import type { Row } from './rung';

/** How long a switch holds unless someone chooses otherwise: two hours. */
export const LENGTHS = [
  { value: '1', label: '1 h' },
  { value: '2', label: '2 h' },
  { value: '8', label: '8 h' },
  { value: '24', label: '24 h' },
  { value: 'open', label: 'until ended' },
] as const;
export type Length = (typeof LENGTHS)[number]['value'];

export const REASONS = [
  { value: 'Budget will stop', label: 'Budget will stop' },
  { value: 'Cost spike', label: 'Cost spike' },
  { value: 'Provider incident', label: 'Provider incident' },
  { value: 'Suspected misuse', label: 'Suspected misuse' },
] as const;

/** What a person fills in, as text; what the kind does not need stays empty. */
export type Draft = {
  model: string;
  to: string;
  callsPerMinute: string;
  feature: string;
  length: Length;
  chip: string | null;
  words: string;
};

export const EMPTY: Draft = { model: '', to: '', callsPerMinute: '60', feature: '', length: '2', chip: null, words: '' };

export const reasonOf = ({ chip, words }: Draft): string => [chip, words.trim() || null].filter((part) => part !== null).join(': ');

const isWhole = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text.trim());

/** What still has to be filled in before the switch can be thrown; null when nothing has. */
export function missingOf(kind: ActionKind, draft: Draft): string | null {
  if (kind === 'route' && (draft.model === '' || draft.to.trim() === ''))
    return 'Choose the model that is called now and the one to use instead.';
  if (kind === 'rate_limit' && !isWhole(draft.callsPerMinute)) return 'Say how many calls a minute: a whole number above 0.';
  if (kind === 'disable_feature' && draft.feature === '') return 'Choose the feature to switch off.';
  return reasonOf(draft) === '' ? 'Say why: it stays with the switch.' : null;
}

/** `provider model` as one value of a list. */
export const modelValue = (provider: string, model: string): string => `${provider} ${model}`;

function paramsOf(kind: ActionKind, draft: Draft): NewAction['params'] {
  const [provider = '', ...rest] = draft.model.split(' ');
  if (kind === 'route') return { from: { provider, model: rest.join(' ') }, to: { provider, model: draft.to.trim() } };
  if (kind === 'rate_limit') return { callsPerMinute: Number(draft.callsPerMinute) };
  if (kind === 'disable_feature') return { feature: draft.feature };
  return {};
}

/** The action as the API takes it. @param nowMs the server's time, ms since 1970 */
export const actionOf = (kind: ActionKind, row: Row, draft: Draft, nowMs: number): NewAction => ({
  kind,
  scope: row.workload ? { workload: row.workload.slug } : {},
  params: paramsOf(kind, draft),
  reason: reasonOf(draft),
  expiresAt: draft.length === 'open' ? null : new Date(nowMs + Number(draft.length) * 3_600_000).toISOString(),
});

/** The part of the workload's calls that a switch meets, as a query for spend. @param nowMs the last hour ends here */
export function meetsQuery(kind: ActionKind, slug: string, draft: Draft, nowMs: number): string {
  const query = new URLSearchParams({
    from: new Date(nowMs - 3_600_000).toISOString(),
    to: new Date(nowMs).toISOString(),
    workload: slug,
    groupBy: 'customer',
  });
  const [provider = '', ...rest] = draft.model.split(' ');
  if (kind === 'route' && draft.model !== '') {
    query.set('provider', provider);
    query.set('model', rest.join(' '));
  }
  if (kind === 'disable_feature' && draft.feature !== '') query.set('feature', draft.feature);
  return query.toString();
}

/** The button names the act and its length. */
export function actWords(kind: ActionKind, draft: Draft): string {
  const length = draft.length === 'open' ? 'until ended' : `for ${LENGTHS.find((each) => each.value === draft.length)?.label}`;
  const act = { route: 'Use the other model', rate_limit: 'Slow down', disable_feature: 'Switch off', block: 'Stop' }[kind];
  return `${act} ${length}`;
}

/** The question in the head of the sheet. */
export function questionOf(kind: ActionKind, name: string, draft: Draft): string {
  if (kind === 'route') return `Send ${name} to another model?`;
  if (kind === 'rate_limit') return `Slow ${name} down?`;
  if (kind === 'disable_feature')
    return draft.feature === '' ? `Switch a feature of ${name} off?` : `Switch ${draft.feature} off in ${name}?`;
  return `Stop every paid call of ${name}?`;
}
