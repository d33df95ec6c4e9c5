'use client';

import { type Dimension, isDimension } from '@/lib/insight/dimensions';
import { Segmented } from '../ui/form/choices';
import { Field } from '../ui/form/field';
import { Select } from '../ui/form/select';
import { Switch } from '../ui/form/toggles';
import type { SetView } from './view/set-view';
import type { View } from './view/state';
import { dimensionHead } from './view/words';

const NONE = 'none';

/** By what spend is grouped, one or two dimensions, and how it is drawn. */
export function GroupControls({ view, dimensions, setView }: { view: View; dimensions: Dimension[]; setView: SetView }) {
  const [first = 'model', second] = view.by;
  // A link may group by a tag that is not registered: it stays a choice.
  const known = [...new Set([...dimensions, ...view.by])];
  const choices = known.map((value) => ({ value, label: dimensionHead(value) }));
  const group = (by: (string | undefined)[]) =>
    setView({ by: by.filter((each): each is Dimension => each !== undefined && isDimension(each)), all: null });
  return (
    <>
      <Field label="Group by" className="w-36 max-sm:order-1 max-sm:w-[calc(50%-6px)]">
        <Select options={choices} value={first} onValueChange={(next) => group(next === second ? [next] : [next, second])} />
      </Field>
      <Field label="and by" className="w-36 max-sm:order-1 max-sm:w-[calc(50%-6px)]">
        <Select
          options={[{ value: NONE, label: 'Nothing else' }, ...choices.filter((each) => each.value !== first)]}
          value={second ?? NONE}
          onValueChange={(next) => group([first, next === NONE ? undefined : next])}
        />
      </Field>
      <div className="grid gap-1 max-sm:order-2">
        <span className="font-medium text-12 text-ink-2" aria-hidden="true">
          Drawn as
        </span>
        <span className="flex h-control items-center">
          <Segmented
            label="Drawn as"
            value={view.chart}
            onValueChange={(chart) => setView({ chart })}
            choices={[
              { value: 'bars', label: 'Bars' },
              { value: 'lines', label: 'Lines' },
            ]}
          />
        </span>
      </div>
      <span className="flex min-h-control items-center self-end max-sm:order-3">
        <Switch label="Compare with the range before" checked={view.compare} onCheckedChange={(compare) => setView({ compare })} />
      </span>
    </>
  );
}
