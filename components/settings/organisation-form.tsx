'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { currencyOptions, zoneOptions } from '../entry/choices-of-place';
import { Button, ButtonLink } from '../ui/button';
import { Combobox } from '../ui/form/combobox';
import { Field, FieldGroup } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { type Option, Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import type { Write } from '../ui/form/write';
import { Panel } from '../ui/panel';
import { Banner } from '../ui/states';

export type OrganisationValues = {
  name: string;
  zone: string;
  weekStart: number;
  fiscalYearStart: number;
  currency: string;
  labelTags: string[];
};

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const numbered = (names: string[]): Option[] => names.map((label, index) => ({ value: String(index + 1), label }));

const FIELDS = ['/name', '/zone', '/weekStart', '/fiscalYearStart', '/currency', '/labelTags'];

type OrganisationFormProps = {
  saved: OrganisationValues;
  /** Calls have been booked: calendar and tags stay as they are. */
  /** Why this person cannot change anything; null when they can. */
  refused: string | null;
  save: Write<Partial<OrganisationValues>>;
  /** Reads what someone else has saved meanwhile. */
  onReload: () => void;
};

const tagList = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** Name, calendar, currency and registered tags. Only what differs from what was saved is sent. */
export function OrganisationForm({ saved, refused, save, onReload }: OrganisationFormProps) {
  const [values, setValues] = useState({ ...saved, labelTags: saved.labelTags.join(', ') });
  const [lists, setLists] = useState<{ zones: Option[]; currencies: Option[] }>({
    zones: [{ value: saved.zone, label: saved.zone.replaceAll('_', ' ') }],
    currencies: [{ value: saved.currency, label: saved.currency }],
  });
  // A few hundred names each: the browser has them, so they need not travel with the page.
  useEffect(() => setLists({ zones: zoneOptions(), currencies: currencyOptions() }), []);
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const now: OrganisationValues = { ...values, labelTags: tagList(values.labelTags) };
  const isChanged = (key: keyof OrganisationValues) => String(now[key]) !== String(saved[key]);
  const changed = (Object.keys(saved) as (keyof OrganisationValues)[]).filter(isChanged);
  const { error: problem, isPending } = save;
  const isOvertaken = problem?.code === 'etag.mismatch';
  const at = (pointer: string) => faultAt(problem, pointer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(Object.fromEntries(changed.map((key) => [key, now[key]])));
  };
  const isOff = refused !== null;
  return (
    <Panel title="Organisation" sub={refused ?? undefined}>
      {isOvertaken ? (
        <Banner
          kind="warn"
          word="not saved"
          flush
          action={
            <span className="flex gap-1">
              <ButtonLink small href="/settings/log?subject=organisation">
                Who it was
              </ButtonLink>
              <Button small kind="primary" onClick={onReload}>
                Load theirs
              </Button>
            </span>
          }
        >
          Someone else saved first. What you typed stands here until you load theirs.
        </Banner>
      ) : null}
      <form onSubmit={submit} noValidate className="grid gap-4 px-3 py-3 md:px-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={at('/name')} disabled={isOff}>
            <TextInput value={values.name} onValueChange={(name) => set({ name })} changed={isChanged('name')} />
          </Field>
          <Field
            label="Currency of amounts"
            error={at('/currency')}
            disabled={isOff}
            hint="New budgets begin in it. Other currencies need a rate, below."
          >
            <Combobox
              required
              options={lists.currencies}
              value={values.currency}
              onValueChange={(currency) => set({ currency: currency ?? '' })}
              changed={isChanged('currency')}
              disabled={isOff}
            />
          </Field>
        </div>
        <FieldGroup
          label="Calendar and tags"
          hint="A change to the calendar begins with the next period of each budget; what has begun runs to its end."
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Time zone" error={at('/zone')} disabled={isOff}>
              <Combobox
                required
                options={lists.zones}
                value={values.zone}
                onValueChange={(zone) => set({ zone: zone ?? '' })}
                changed={isChanged('zone')}
                disabled={isOff}
              />
            </Field>
            <Field
              label="Tags with daily figures of their own"
              hint="Up to 8 of the tags that calls carry, with commas between."
              error={at('/labelTags')}
              disabled={isOff}
            >
              <TextInput
                value={values.labelTags}
                onValueChange={(labelTags) => set({ labelTags })}
                placeholder={isOff ? 'none' : 'env, region'}
                changed={isChanged('labelTags')}
              />
            </Field>
            <Field label="Weeks begin on" error={at('/weekStart')} disabled={isOff}>
              <Select
                options={numbered(DAYS)}
                value={String(values.weekStart)}
                onValueChange={(day) => set({ weekStart: Number(day) })}
                changed={isChanged('weekStart')}
                disabled={isOff}
              />
            </Field>
            <Field label="The fiscal year begins in" error={at('/fiscalYearStart')} disabled={isOff}>
              <Select
                options={numbered(MONTHS)}
                value={String(values.fiscalYearStart)}
                onValueChange={(month) => set({ fiscalYearStart: Number(month) })}
                changed={isChanged('fiscalYearStart')}
                disabled={isOff}
              />
            </Field>
          </div>
        </FieldGroup>
        <FormFault problem={isOvertaken ? null : problem} fields={FIELDS} />
        {isOff ? null : (
          <div className="flex items-center gap-3">
            <Button type="submit" kind="primary" busy={isPending} disabled={changed.length === 0 || isOvertaken}>
              Save
            </Button>
            <span className="text-12 text-ink-2">{changed.length === 0 ? 'Nothing is changed.' : `${changed.length} changed.`}</span>
          </div>
        )}
      </form>
    </Panel>
  );
}
