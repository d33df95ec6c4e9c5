'use client';

import { type FormEvent, useState } from 'react';
import { useAddFeature } from '@/lib/workload/client';
import type { WorkloadOut } from '@/lib/workload/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';

/** The parts of a workload that can be budgeted, and later switched off, by themselves. */
export function FeaturesPanel({ workload, mayWrite }: { workload: WorkloadOut; mayWrite: boolean }) {
  const [slug, setSlug] = useState('');
  const add = useAddFeature(workload.slug);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ slug: slug.trim() }, { onSuccess: () => setSlug('') });
  };
  return (
    <Panel title="Features" aside={workload.features.length === 0 ? 'none' : String(workload.features.length)}>
      {workload.features.length === 0 ? (
        <p className="px-3 py-3 text-ink-2 md:px-4">Name the parts that calls say as “feature”: each can have a budget of its own.</p>
      ) : (
        <ul>
          {workload.features.map((feature) => (
            <li key={feature.slug} className="border-line border-t px-3 py-1.5 [overflow-wrap:anywhere] first:border-t-0 md:px-4">
              {feature.name} {feature.name === feature.slug ? null : <span className="text-12 text-ink-2">{feature.slug}</span>}
            </li>
          ))}
        </ul>
      )}
      {mayWrite ? (
        <form onSubmit={submit} className="grid gap-2 border-line border-t px-3 py-3 md:px-4">
          <Field label="Add a feature" hint="As calls name it: letters, digits, dots, dashes." error={faultAt(add.error, '/slug')}>
            <TextInput value={slug} onValueChange={setSlug} placeholder="summarise" />
          </Field>
          <FormFault problem={add.error} fields={['/slug']} />
          <span className="flex justify-end">
            <Button small type="submit" icon="plus" busy={add.isPending} disabled={slug.trim() === ''}>
              Add
            </Button>
          </span>
        </form>
      ) : null}
    </Panel>
  );
}
