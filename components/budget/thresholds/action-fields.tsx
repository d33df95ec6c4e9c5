'use client';

import { useId } from 'react';
import type { LevelChoices } from '@/lib/budget/read/level-choices';
import { IconButton } from '../../ui/button';
import { Field } from '../../ui/form/field';
import { Select } from '../../ui/form/select';
import { TextInput } from '../../ui/form/text-input';
import { Icon } from '../../ui/icon';
import { type ActionDraft, COUNTS } from './action-draft';

export const KINDS = [
  { value: 'route', label: 'Cheaper model' },
  { value: 'rate_limit', label: 'Slower' },
  { value: 'disable_feature', label: 'Without a feature' },
  { value: 'block', label: 'Block' },
] as const;

const MODES = [
  { value: 'automatic', label: 'By itself', hint: 'Begins when the level is reached.' },
  { value: 'ask', label: 'Asks first', hint: 'Is prepared and waits for a yes; someone must answer.' },
] as const;

const COUNT_LABELS = {
  callsPerMinute: 'Calls a minute',
  unitsPerMinute: 'Tokens a minute',
  concurrent: 'Calls at once',
  burst: 'At once after a pause',
} as const;

type ActionFieldsProps = {
  action: ActionDraft;
  choices: LevelChoices;
  readOnly: boolean;
  /** What is wrong with a field, by the end of its pointer: `/params/to/model`. */
  errorAt: (end: string) => string | undefined;
  onChange: (part: Partial<ActionDraft>) => void;
  onRemove: () => void;
};

/** One action of a level: what it does, whether it asks first, and what it has to be told. */
export function ActionFields({ action, choices, readOnly, errorAt, onChange, onRemove }: ActionFieldsProps) {
  const name = KINDS.find((each) => each.value === action.kind)?.label ?? action.kind;
  const whole = errorAt('') ?? errorAt('/params') ?? errorAt('/kind') ?? errorAt('/mode');
  return (
    <li className="grid gap-2 rounded-2 border border-line bg-surface p-2.5">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-center gap-2 sm:grid-cols-[180px_140px_minmax(0,1fr)_28px]">
        <Select
          aria-label="What it does"
          value={action.kind}
          options={[...KINDS]}
          disabled={readOnly}
          onValueChange={(kind) => onChange({ kind })}
        />
        <Select
          aria-label={`${name}: by itself, or asks first`}
          value={action.mode}
          options={[...MODES]}
          disabled={readOnly}
          onValueChange={(mode) => onChange({ mode })}
        />
        <span className="max-sm:hidden" />
        {readOnly ? null : <IconButton icon="close" label={`Remove the action ${name}`} onClick={onRemove} />}
      </div>
      <Params {...{ action, choices, readOnly, errorAt, onChange }} />
      {whole ? (
        <p role="alert" className="flex gap-1 text-12 text-stop">
          <Icon name="warn" className="mt-px size-3.5" />
          {whole}
        </p>
      ) : null}
    </li>
  );
}

function Params({ action, choices, readOnly, errorAt, onChange }: Omit<ActionFieldsProps, 'onRemove'>) {
  const list = useId();
  if (action.kind === 'route') return <RouteParams {...{ action, choices, readOnly, errorAt, onChange }} />;
  if (action.kind === 'block') return <p className="text-12 text-ink-2">Every call of its scope is refused, free ones too.</p>;
  if (action.kind === 'disable_feature')
    return (
      <Field label="Feature" error={errorAt('/params/feature')} className="sm:max-w-64">
        <TextInput
          value={action.feature}
          list={list}
          disabled={readOnly}
          autoComplete="off"
          spellCheck={false}
          placeholder={choices.features[0] ?? 'by the name its calls give it'}
          onValueChange={(feature) => onChange({ feature })}
        />
        <Options id={list} values={choices.features} />
      </Field>
    );
  return (
    <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {COUNTS.map((name) => (
        <Field key={name} label={COUNT_LABELS[name]} error={errorAt(`/params/${name}`)}>
          <TextInput
            inputMode="numeric"
            autoComplete="off"
            value={action[name]}
            disabled={readOnly}
            placeholder={name === 'burst' ? '1' : 'no limit'}
            onValueChange={(text) => onChange({ [name]: text })}
          />
        </Field>
      ))}
    </div>
  );
}

const SIDES = [
  { side: 'from', label: 'Calls to' },
  { side: 'to', label: 'Go to' },
] as const;

function RouteParams({ action, choices, readOnly, errorAt, onChange }: Omit<ActionFieldsProps, 'onRemove'>) {
  const list = useId();
  const providers = [...new Set(choices.models.map((each) => each.provider))];
  const change = (side: 'from' | 'to', part: 'provider' | 'model', text: string) => {
    const next = { [side]: { ...action[side], [part]: text } };
    // The other model is the same provider's, until someone says otherwise.
    const follows = side === 'from' && part === 'provider' && action.to.provider === action.from.provider;
    onChange(follows ? { ...next, to: { ...action.to, provider: text } } : next);
  };
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      {SIDES.map(({ side, label }) => (
        <div key={side} className="grid grid-cols-[112px_minmax(0,1fr)] gap-2">
          <Field label={<Said shown={label} rest=", provider" />} error={errorAt(`/params/${side}/provider`)}>
            <TextInput
              value={action[side].provider}
              list={`${list}-providers`}
              disabled={readOnly}
              autoComplete="off"
              spellCheck={false}
              placeholder="provider"
              onValueChange={(text) => change(side, 'provider', text)}
            />
          </Field>
          <Field label={<Said shown={'\u00a0'} rest={`${label}, model`} />} error={errorAt(`/params/${side}/model`)}>
            <TextInput
              value={action[side].model}
              list={`${list}-${side}`}
              disabled={readOnly}
              autoComplete="off"
              spellCheck={false}
              placeholder="model"
              onValueChange={(text) => change(side, 'model', text)}
            />
          </Field>
          <Options
            id={`${list}-${side}`}
            values={choices.models.filter((each) => each.provider === action[side].provider).map((each) => each.model)}
          />
        </div>
      ))}
      <Options id={`${list}-providers`} values={providers} />
    </div>
  );
}

/** A label of which only a part is shown: two fields stand under one word. */
function Said({ shown, rest }: { shown: string; rest: string }) {
  return (
    <span>
      {shown}
      <span className="sr-only">{rest}</span>
    </span>
  );
}

function Options({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((each) => (
        <option key={each} value={each} />
      ))}
    </datalist>
  );
}
