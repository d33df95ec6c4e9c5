'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import type { ActionOut } from '@/lib/containment/schema';
import { useAddFeature } from '@/lib/workload/client';
import type { WorkloadOut } from '@/lib/workload/schema';
import { scopeWords } from '../containment/words';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { Time } from '../ui/time';
import { type FeatureState, featureState } from './feature-state';

type FeaturesPanelProps = { workload: WorkloadOut; actions: readonly ActionOut[]; zone: string; mayWrite: boolean };

/** The parts of a workload that can be budgeted and switched off by themselves: whether each is on, and what holds it off. */
export function FeaturesPanel({ workload, actions, zone, mayWrite }: FeaturesPanelProps) {
  const [slug, setSlug] = useState('');
  const add = useAddFeature(workload.slug);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ slug: slug.trim() }, { onSuccess: () => setSlug('') });
  };
  return (
    <Panel title="Features" aside={workload.features.length === 0 ? 'none' : String(workload.features.length)}>
      {workload.features.length === 0 ? (
        <p className="px-3 py-3 text-ink-2 md:px-4">
          Name the parts that calls say as “feature”: each can have a budget of its own, and be switched off.
        </p>
      ) : (
        <ul>
          {workload.features.map((feature) => (
            <FeatureLine key={feature.slug} feature={feature} standing={featureState(workload, feature.slug, actions)} zone={zone} />
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

const STATES = {
  on: ['ok', 'on'],
  off: ['in_force', 'off'],
  partly: ['in_force', 'off for some'],
  prepared: ['prepared', 'off when someone says yes'],
} as const;

type FeatureLineProps = { feature: WorkloadOut['features'][number]; standing: FeatureState; zone: string };

function FeatureLine({ feature, standing: { state, by }, zone }: FeatureLineProps) {
  const [kind, word] = STATES[state];
  return (
    <li className="border-line border-t px-3 py-1.5 first:border-t-0 md:px-4">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {feature.name} {feature.name === feature.slug ? null : <span className="text-12 text-ink-2">{feature.slug}</span>}
        </span>
        <Status kind={kind}>{word}</Status>
      </span>
      {by ? (
        <p className="text-12 text-ink-2 [overflow-wrap:anywhere]">
          {state === 'partly' ? `Of ${scopeWords(by)}. ` : ''}
          {by.startedAt === null ? `Prepared by ${by.who}` : `${by.cause === 'threshold' ? 'A level' : by.who}, since `}
          {by.startedAt === null ? null : <Time at={by.startedAt} zone={zone} />}: “{by.reason}”{' '}
          <Link href="/containment" className="whitespace-nowrap text-accent-ink underline underline-offset-2">
            Containment
          </Link>
        </p>
      ) : null}
    </li>
  );
}
