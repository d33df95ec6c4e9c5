'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem } from '../ui/form/form-fault';
import { MoneyInput } from '../ui/form/money-input';
import { RadioCards } from '../ui/form/radio-cards';
import { Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import { Checkbox } from '../ui/form/toggles';
import { Dialog } from '../ui/overlay/dialog';
import { nanoOfDollars } from './words';

/** Prices of one model, as the API takes them. */
export type NewPrices = {
  prices: { provider: string; model: string; unit: string; nanoUsdPerMillion: string; source: 'override' | 'contract' }[];
  confirm: boolean;
};

type SetPricesProps = {
  units: readonly string[];
  save: { isPending: boolean; error: FormProblem | null; mutate(input: NewPrices, then: { onSuccess: () => void }): void; reset(): void };
  onDone: () => void;
};

type Line = { unit: string; dollars: string };
const FIRST: Line[] = [
  { unit: 'input', dollars: '' },
  { unit: 'output', dollars: '' },
];

/** Sets prices of a model over the catalogue's. A stop that they would raise is named, and asks for a yes. */
export function SetPrices({ units, save, onDone }: SetPricesProps) {
  const [open, setOpen] = useState(false);
  const [of, setOf] = useState({ provider: '', model: '' });
  const [source, setSource] = useState<'override' | 'contract'>('override');
  const [lines, setLines] = useState(FIRST);
  const [confirm, setConfirm] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    setIsShown(false);
    setConfirm(false);
    save.reset();
  };
  const filled = lines.filter((line) => line.dollars !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsShown(true);
    if (filled.length === 0) return;
    const prices = filled.map(({ unit, dollars }) => ({ ...of, unit, source, nanoUsdPerMillion: nanoOfDollars(dollars) ?? '' }));
    save.mutate(
      { prices, confirm },
      {
        onSuccess: () => {
          turn(false);
          setLines(FIRST);
          onDone();
        },
      },
    );
  };
  const said = (field: string) => save.error?.errors.find((each) => each.pointer.endsWith(`/${field}`))?.detail;
  const raisesStop = save.error?.code === 'price.raises_stop';
  const fields = save.error?.errors.filter((each) => /\/(provider|model)$/.test(each.pointer)).map((each) => each.pointer) ?? [];
  return (
    <Dialog
      trigger={
        <Button kind="primary" icon="plus">
          Set a price
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title="Set a price over the catalogue"
      sub="It counts from now on, and for calls that had no price. What was priced stays as it was booked."
      foot={
        <Button
          kind={raisesStop ? 'danger' : 'primary'}
          type="submit"
          form="prices"
          busy={save.isPending}
          disabled={raisesStop && !confirm}
        >
          {raisesStop ? 'Set it and let the budget stop' : 'Set it'}
        </Button>
      }
    >
      <form id="prices" onSubmit={submit} noValidate className="grid gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Provider" error={said('provider')}>
            <TextInput
              value={of.provider}
              onValueChange={(provider) => setOf({ ...of, provider })}
              placeholder="openai"
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Field label="Model" error={said('model')}>
            <TextInput
              value={of.model}
              onValueChange={(model) => setOf({ ...of, model })}
              placeholder="gpt-4o-mini"
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        </div>
        <div className="grid gap-2">
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <div key={index} className="grid grid-cols-2 gap-3">
              <Field label="Unit" hideLabel={index > 0}>
                <Select
                  options={units.map((unit) => ({ value: unit, label: unit }))}
                  value={line.unit}
                  onValueChange={(unit) => setLines(lines.with(index, { ...line, unit }))}
                />
              </Field>
              <Field
                label="Dollars a million"
                hideLabel={index > 0}
                error={isShown && index === 0 && filled.length === 0 ? 'Name a price for at least one unit.' : undefined}
              >
                <MoneyInput
                  decimals={9}
                  value={line.dollars}
                  onValueChange={(dollars) => setLines(lines.with(index, { ...line, dollars }))}
                />
              </Field>
            </div>
          ))}
          <span>
            <Button
              small
              icon="plus"
              disabled={lines.length >= 16}
              onClick={() =>
                setLines([...lines, { unit: units.find((unit) => lines.every((each) => each.unit !== unit)) ?? 'input', dollars: '' }])
              }
            >
              Another unit
            </Button>
          </span>
        </div>
        <RadioCards
          label="Where it comes from"
          value={source}
          onValueChange={setSource}
          cards={[
            { value: 'override', label: 'A correction', text: 'The catalogue is wrong or does not know the model.' },
            { value: 'contract', label: 'A contract', text: 'Agreed with the provider.' },
          ]}
        />
        <FormFault problem={save.error} fields={fields} />
        {raisesStop ? <Checkbox label="Stop it all the same" checked={confirm} onCheckedChange={setConfirm} /> : null}
      </form>
    </Dialog>
  );
}
