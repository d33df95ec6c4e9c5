'use client';

import type { ActionKind } from '@/lib/containment/schema';
import { useSpend } from '@/lib/insight/client';
import { formatMoney } from '@/lib/kernel/format-money';
import { Field } from '../ui/form/field';
import { Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import type { Row } from './rung';
import { type Draft, modelValue } from './switch-words';

type SwitchFieldsProps = { kind: ActionKind; row: Row; draft: Draft; onChange: (part: Partial<Draft>) => void; nowMs: number };

const DAY_MS = 86_400_000;

/** What a switch of each kind has to be told. */
export function SwitchFields({ kind, row, draft, onChange, nowMs }: SwitchFieldsProps) {
  if (kind === 'route') return <RouteFields row={row} draft={draft} onChange={onChange} nowMs={nowMs} />;
  if (kind === 'rate_limit')
    return (
      <Field label="Calls a minute" hint="Never more in any minute, whichever process answers.">
        <TextInput inputMode="numeric" value={draft.callsPerMinute} onValueChange={(callsPerMinute) => onChange({ callsPerMinute })} />
      </Field>
    );
  if (kind === 'block') return <p>Every paid call is refused. Calls that cost nothing are refused too.</p>;
  const features = row.workload?.features ?? [];
  if (features.length === 0)
    return <p className="text-warn">{row.name} names no feature. Add one on its page, in the name that its calls give it.</p>;
  return (
    <Field label="Feature">
      <Select
        options={features.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={draft.feature || null}
        onValueChange={(feature) => onChange({ feature })}
      />
    </Field>
  );
}

function RouteFields({ row, draft, onChange, nowMs }: Omit<SwitchFieldsProps, 'kind'>) {
  const week = new URLSearchParams({
    from: new Date(nowMs - 7 * DAY_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
    groupBy: 'provider,model',
    ...(row.workload ? { workload: row.workload.slug } : {}),
  });
  const { data, error } = useSpend(week.toString());
  const used = data?.groups ?? [];
  return (
    <>
      <Field
        label="Calls to"
        hint={
          error
            ? `Its models could not be read: ${error.detail}`
            : data && used.length === 0
              ? 'It has called no model in seven days.'
              : 'What it has called in seven days, the dearest first.'
        }
      >
        <Select
          options={used.map(({ key, actualNanoUsd }) => ({
            value: modelValue(key.provider ?? '', key.model ?? ''),
            label: key.model ?? '',
            hint: `${key.provider}, ${formatMoney(actualNanoUsd, { style: 'tile' })}`,
          }))}
          value={draft.model || null}
          onValueChange={(model) => onChange({ model })}
        />
      </Field>
      <Field label="Go to instead" hint="A model of the same provider, by the name it is called by.">
        <TextInput
          value={draft.to}
          onValueChange={(to) => onChange({ to })}
          autoComplete="off"
          spellCheck={false}
          placeholder="gpt-4o-mini"
        />
      </Field>
    </>
  );
}
