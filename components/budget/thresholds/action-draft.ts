import type { LevelAction } from '@/lib/budget/threshold/schema';
import { formatCount } from '@/lib/kernel/format-money';

type ModelDraft = { provider: string; model: string };

/** What a level does to spend, as it is being edited: every field as typed, those its kind does not have kept for when it is changed back. */
export type ActionDraft = {
  key: string;
  kind: LevelAction['kind'];
  mode: LevelAction['mode'];
  from: ModelDraft;
  to: ModelDraft;
  callsPerMinute: string;
  unitsPerMinute: string;
  concurrent: string;
  burst: string;
  feature: string;
};

/** The numbers of a rate limit. */
export const COUNTS = ['callsPerMinute', 'unitsPerMinute', 'concurrent', 'burst'] as const;

let made = 0;

/** A new action that a level may set off. @param from the model whose calls it would lead elsewhere */
export const newAction = (kind: ActionDraft['kind'], from: ModelDraft = { provider: '', model: '' }): ActionDraft => ({
  ...{ key: `new-action-${++made}`, kind, mode: 'automatic', from, to: { provider: from.provider, model: '' } },
  ...{ callsPerMinute: kind === 'rate_limit' ? '60' : '', unitsPerMinute: '', concurrent: '', burst: '', feature: '' },
});

/** A kept action as it is edited. */
export function actionDraftOf(action: LevelAction, index: number): ActionDraft {
  const draft: ActionDraft = { ...newAction(action.kind), key: `${action.kind} ${index}`, mode: action.mode };
  if (action.kind === 'route') return { ...draft, ...action.params };
  if (action.kind === 'disable_feature') return { ...draft, ...action.params };
  if (action.kind === 'rate_limit')
    return { ...draft, ...Object.fromEntries(COUNTS.map((name) => [name, action.params[name]?.toString() ?? ''])) };
  return draft;
}

const trimmed = ({ provider, model }: ModelDraft): ModelDraft => ({ provider: provider.trim(), model: model.trim() });

/** An action as the API takes it. A number that is none is left for the API to refuse; the form does not send it. */
export function actionOf(draft: ActionDraft): LevelAction {
  const { kind, mode } = draft;
  if (kind === 'route') return { kind, mode, params: { from: trimmed(draft.from), to: trimmed(draft.to) } };
  if (kind === 'disable_feature') return { kind, mode, params: { feature: draft.feature.trim() } };
  if (kind === 'block') return { kind, mode, params: {} };
  const counts = COUNTS.flatMap((name) => (draft[name].trim() === '' ? [] : [[name, Number(draft[name])]]));
  return { kind, mode, params: Object.fromEntries(counts) };
}

const isWhole = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text.trim());

/** What is wrong with an action, by the end of its field's pointer: the sentences that the API would say. */
export function actionFaults(draft: ActionDraft): Record<string, string> {
  const faults: [string, string][] = [];
  if (draft.kind === 'route')
    for (const side of ['from', 'to'] as const)
      for (const part of ['provider', 'model'] as const)
        if (draft[side][part].trim() === '') faults.push([`/params/${side}/${part}`, `Say which ${part}.`]);
  if (draft.kind === 'disable_feature' && draft.feature.trim() === '')
    faults.push(['/params/feature', 'Say which feature, by the name its calls give it.']);
  if (draft.kind === 'rate_limit') {
    for (const name of COUNTS)
      if (draft[name].trim() !== '' && !isWhole(draft[name])) faults.push([`/params/${name}`, 'A whole number above 0, or nothing.']);
    if (COUNTS.every((name) => name === 'burst' || draft[name].trim() === ''))
      faults.push(['/params', 'Say how many calls or tokens a minute, or how many calls at once.']);
  }
  return Object.fromEntries(faults);
}

/** What an action does, as a part of a sentence: "calls to gpt-4o go to gpt-4o-mini". */
export function actionWords(action: LevelAction): string {
  switch (action.kind) {
    case 'route':
      return `calls to ${action.params.from.model || '…'} go to ${action.params.to.model || '…'}`;
    case 'rate_limit': {
      const { callsPerMinute, unitsPerMinute, concurrent } = action.params;
      const count = (many: number | undefined, what: string) =>
        many === undefined || !Number.isFinite(many) ? [] : [`${formatCount(many)} ${what}`];
      const parts = [
        ...count(callsPerMinute, 'calls a minute'),
        ...count(unitsPerMinute, 'tokens a minute'),
        ...count(concurrent, 'at once'),
      ];
      return `at most ${parts.join(', ') || '…'}`;
    }
    case 'disable_feature':
      return `${action.params.feature || '…'} is off`;
    case 'block':
      return 'no call passes, free ones neither';
  }
}
