'use client';

import { useState } from 'react';
import { plainMoney } from '@/lib/kernel/format-money';
import { useSetTarget } from '@/lib/value/client';
import type { KpiOut } from '@/lib/value/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { faultAt } from '../ui/form/form-fault';
import { MoneyInput } from '../ui/form/money-input';
import { Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import { SaveDialog } from '../ui/overlay/save-dialog';
import { asNano, asPercent, asShare } from './amounts';

const NOBODY = 'nobody';
const FIELDS = ['/spendNanoUsd', '/costPerSuccessNanoUsd', '/quality', '/conversion', '/ownerId', '/reviewOn'];
const dollars = (nano: string | null): string => (nano === null ? '' : plainMoney(nano));

const draftOf = (kpi: KpiOut) => ({
  ...{ spend: dollars(kpi.spend.target), success: dollars(kpi.costPerSuccess.target), quality: asPercent(kpi.quality.target) },
  ...{ conversion: asPercent(kpi.conversion.target), ownerId: kpi.ownerId ?? NOBODY, reviewOn: kpi.reviewOn ?? '' },
});

/** What a workload in a stage is to come to, who answers for it, and when that is looked at again. */
export function TargetDialog({ kpi, members }: { kpi: KpiOut; members: Record<string, string> }) {
  const [draft, setDraft] = useState(() => draftOf(kpi));
  const save = useSetTarget(kpi.workload, kpi.trafficStage);
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const changed = () => ({
    spendNanoUsd: asNano(draft.spend),
    costPerSuccessNanoUsd: asNano(draft.success),
    quality: asShare(draft.quality),
    conversion: asShare(draft.conversion),
    ownerId: draft.ownerId === NOBODY ? null : draft.ownerId,
    reviewOn: draft.reviewOn || null,
  });
  const at = (pointer: string) => faultAt(save.error, pointer);
  return (
    <SaveDialog
      trigger={
        <Button small kind="text" className="h-6! px-1!" aria-label={`Targets of ${kpi.name}`}>
          Targets…
        </Button>
      }
      title={`Targets of ${kpi.name}`}
      sub="For 30 days. An empty field has no target."
      saving={save}
      onTurn={() => setDraft(draftOf(kpi))}
      input={changed}
      done={() => `The targets of ${kpi.name} are saved.`}
      fields={FIELDS}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Spend at most" error={at('/spendNanoUsd')} optional>
          <MoneyInput value={draft.spend} onValueChange={(spend) => set({ spend })} currency="USD" />
        </Field>
        <Field label="Cost per success at most" error={at('/costPerSuccessNanoUsd')} optional>
          <MoneyInput value={draft.success} onValueChange={(success) => set({ success })} currency="USD" decimals={9} />
        </Field>
        <Field label="Quality at least, per cent" error={at('/quality')} optional>
          <TextInput inputMode="decimal" value={draft.quality} onValueChange={(quality) => set({ quality })} />
        </Field>
        <Field label="Conversion at least, per cent" error={at('/conversion')} optional>
          <TextInput inputMode="decimal" value={draft.conversion} onValueChange={(conversion) => set({ conversion })} />
        </Field>
        <Field label="Owner" error={at('/ownerId')}>
          <Select
            value={draft.ownerId}
            onValueChange={(ownerId) => set({ ownerId })}
            options={[{ value: NOBODY, label: 'Nobody yet' }, ...Object.entries(members).map(([value, label]) => ({ value, label }))]}
          />
        </Field>
        <Field label="Review on" error={at('/reviewOn')} optional>
          <TextInput type="date" value={draft.reviewOn} onValueChange={(reviewOn) => set({ reviewOn })} />
        </Field>
      </div>
    </SaveDialog>
  );
}
