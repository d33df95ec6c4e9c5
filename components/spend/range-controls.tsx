'use client';

import type { Calendar } from '@/lib/kernel/period';
import { localDay } from '@/lib/kernel/period';
import { Segmented } from '../ui/form/choices';
import { Field } from '../ui/form/field';
import { Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import { type Explored, granularitiesFor } from './view/question';
import { RANGE_WORDS, RANGES } from './view/range';
import type { SetView } from './view/set-view';
import type { View } from './view/state';
import { capital } from './view/words';

const RANGE_CHOICES = RANGES.map((value) => ({
  value,
  label: value === 'custom' ? 'From … to …' : capital(RANGE_WORDS[value].replace(/^in the /, '')),
}));

/** Which stretch of time, and how it is cut. */
export function RangeControls({ view, asked, calendar, setView }: { view: View; asked: Explored; calendar: Calendar; setView: SetView }) {
  const choose = (range: View['range']) => {
    const days = { first: localDay(calendar, asked.range.from), last: localDay(calendar, (asked.range.to - 1) as typeof asked.range.to) };
    setView(range === 'custom' ? { range, ...days } : { range, first: null, last: null });
  };
  const fitting = granularitiesFor(asked.range, calendar);
  return (
    <>
      <Field label="Range" className="w-40 max-sm:w-full">
        <Select options={RANGE_CHOICES} value={view.range} onValueChange={choose} />
      </Field>
      {view.range === 'custom' ? (
        <>
          <DayField label="First day" value={view.first} onChange={(first) => setView({ first })} />
          <DayField label="Last day" value={view.last} onChange={(last) => setView({ last })} />
        </>
      ) : null}
      <div className="grid gap-1 max-sm:order-2">
        <span className="font-medium text-12 text-ink-2" aria-hidden="true">
          Time step
        </span>
        <span className="flex h-control items-center">
          <Segmented
            label="Time step"
            value={asked.granularity}
            onValueChange={(grain) => setView({ grain })}
            choices={(['hour', 'day', 'week', 'month'] as const).map((value) => ({
              value,
              label: capital(value),
              disabled: !fitting.includes(value),
            }))}
          />
        </span>
      </div>
    </>
  );
}

function DayField({ label, value, onChange }: { label: string; value: string | null; onChange: (day: string) => void }) {
  return (
    <Field label={label} className="w-36 max-sm:w-[calc(50%-6px)]">
      <TextInput type="date" value={value ?? ''} onValueChange={(day) => day !== '' && onChange(day)} />
    </Field>
  );
}
