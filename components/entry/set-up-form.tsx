'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Combobox } from '../ui/form/combobox';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { MoneyInput } from '../ui/form/money-input';
import type { Option } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';
import { currencyOptions, guessedZone, tenthOf, zoneOptions } from './choices-of-place';

/** What the first form sends, as `POST /api/v1/setup` takes it. */
export type SettingUp = {
  organisation: { name: string; zone: string; currency: string };
  admin: { name: string; email: string; password: string };
  usdPerUnit?: string;
  budgets: { everything: string; unassigned: string };
};

const FIELDS = [
  '/organisation/name',
  '/organisation/zone',
  '/organisation/currency',
  '/usdPerUnit',
  '/admin/name',
  '/admin/email',
  '/admin/password',
  '/budgets/everything',
];

/** The first form: the organisation, its first admin, and how much it means to spend in a month. */
export function SetUpForm({ busy, problem, onSubmit }: { busy: boolean; problem: FormProblem | null; onSubmit: (all: SettingUp) => void }) {
  const [lists, setLists] = useState<{ zones: Option[]; currencies: Option[] }>({
    zones: [{ value: 'UTC', label: 'UTC' }],
    currencies: [{ value: 'USD', label: 'USD · US Dollar' }],
  });
  const [values, setValues] = useState({
    organisation: '',
    zone: 'UTC',
    currency: 'USD',
    usdPerUnit: '',
    name: '',
    email: '',
    password: '',
    amount: '1000.00',
  });
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  // The zone and the lists are the browser's, so they are known only once it has the page.
  useEffect(() => {
    const zones = zoneOptions();
    setLists({ zones, currencies: currencyOptions() });
    setValues((before) => ({ ...before, zone: guessedZone(zones) }));
  }, []);
  const isDollar = values.currency === 'USD';
  const rest = tenthOf(values.amount);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { organisation, zone, currency, usdPerUnit, name, email, password, amount } = values;
    onSubmit({
      organisation: { name: organisation, zone, currency },
      admin: { name, email, password },
      ...(isDollar || usdPerUnit === '' ? {} : { usdPerUnit }),
      budgets: { everything: amount, unassigned: rest ?? '0.00' },
    });
  };
  const at = (pointer: string) => faultAt(problem, pointer);
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <Panel title="Organisation" padded>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={at('/organisation/name')} className="sm:col-span-2">
            <TextInput
              name="organisation"
              autoComplete="organization"
              autoFocus
              value={values.organisation}
              onValueChange={(organisation) => set({ organisation })}
            />
          </Field>
          <Field label="Time zone" error={at('/organisation/zone')} hint="Days and months begin by it.">
            <Combobox
              required
              options={lists.zones}
              value={values.zone}
              onValueChange={(zone) => set({ zone: zone ?? '' })}
              placeholder="Search a city"
            />
          </Field>
          <Field label="Currency" error={at('/organisation/currency')} hint="In which amounts are entered. Prices are in US dollars.">
            <Combobox
              required
              options={lists.currencies}
              value={values.currency}
              onValueChange={(currency) => set({ currency: currency ?? '' })}
              placeholder="Search"
            />
          </Field>
          {isDollar || values.currency === '' ? null : (
            <Field
              label={`US dollars for 1 ${values.currency}`}
              error={at('/usdPerUnit')}
              hint="Amounts are turned into dollars by it; change it in Settings at any time."
            >
              <TextInput
                inputMode="decimal"
                placeholder="1.0834"
                value={values.usdPerUnit}
                onValueChange={(usdPerUnit) => set({ usdPerUnit })}
              />
            </Field>
          )}
        </div>
      </Panel>
      <Panel title="You, its first admin" padded>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Your name" error={at('/admin/name')}>
            <TextInput name="name" autoComplete="name" value={values.name} onValueChange={(name) => set({ name })} />
          </Field>
          <Field label="E-mail" error={at('/admin/email')}>
            <TextInput name="email" type="email" autoComplete="username" value={values.email} onValueChange={(email) => set({ email })} />
          </Field>
          <Field
            label="Password"
            error={at('/admin/password')}
            hint={at('/admin/password') ? undefined : 'At least 12 characters; a sentence is easy to keep in mind.'}
            className="sm:col-span-2"
          >
            <TextInput
              name="password"
              type="password"
              autoComplete="new-password"
              value={values.password}
              onValueChange={(password) => set({ password })}
            />
          </Field>
        </div>
      </Panel>
      <Panel title="A budget over everything" padded>
        <Field
          label="Amount a month"
          error={at('/budgets/everything')}
          hint={
            rest === null
              ? 'A number such as 1000.00.'
              : `It observes: everything is counted, nothing is refused, until you let it enforce. A tenth of it, ${rest} ${values.currency}, is for workloads nobody has taken on yet.`
          }
        >
          <MoneyInput value={values.amount} onValueChange={(amount) => set({ amount })} currency={values.currency} className="max-w-56" />
        </Field>
      </Panel>
      <FormFault problem={problem} fields={FIELDS} />
      <div>
        <Button type="submit" kind="primary" busy={busy}>
          Set up
        </Button>
      </div>
    </form>
  );
}
