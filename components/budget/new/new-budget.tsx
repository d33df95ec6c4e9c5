'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useMakeBudget } from '@/lib/budget/client';
import type { KnownValues } from '@/lib/budget/read/known-values';
import { type ApiProblem, idempotencyKey } from '@/lib/http/call';
import { type Calendar, PERIOD_KINDS } from '@/lib/kernel/period';
import { PageHeader } from '../../shell/page-header';
import { capital } from '../../spend/view/words';
import { Button, ButtonLink } from '../../ui/button';
import { Field, FieldGroup } from '../../ui/form/field';
import { MoneyInput } from '../../ui/form/money-input';
import { RadioCards } from '../../ui/form/radio-cards';
import { Select } from '../../ui/form/select';
import { TextInput } from '../../ui/form/text-input';
import { Panel } from '../../ui/panel';
import { sayDone } from '../../ui/toast';
import { AnswerFields, type AnswersChoice } from '../answer-fields';
import { bodyOf, type Draft, levelSentences, proposedMode } from './draft';
import { ScopePicker } from './scope-picker';

export type NewBudgetProps = {
  known: KnownValues;
  calendar: Calendar;
  currencies: string[];
  choice: AnswersChoice;
  workload: string | null;
};

/** A new budget: which calls, how long, how much, and what it does about it; sentences say what will happen before it does. */
export function NewBudgetForm({ known, calendar, currencies, choice, workload }: NewBudgetProps) {
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>({
    name: workload ?? '',
    conditions: workload === null ? [] : [{ key: 1, field: 'workload', tag: '', value: workload }],
    ...{ period: 'month', firstDay: '', lastDay: '', amount: '', currency: currencies[0] ?? 'USD', mode: null },
    ...{ ownerId: null, escalationPolicyId: null },
  });
  const [key, setKey] = useState(idempotencyKey);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const make = useMakeBudget(key);
  const set = (part: Partial<Draft>) => {
    setDraft((each) => ({ ...each, ...part }));
    // Another request needs another key: the old one stands for the old words.
    setKey(idempotencyKey());
  };
  const proposed = proposedMode(draft, known);
  const mode = draft.mode ?? proposed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    make.mutate(bodyOf(draft, known, calendar), {
      onSuccess: (budget) => {
        sayDone(`${budget.name} is made${budget.current.stopId && budget.mode === 'enforce' ? ', and stopped at once' : ''}.`);
        router.push(`/budgets/${budget.id}`);
      },
      onError: setProblem,
    });
  };
  const periodFault = ['/period', '/period/startsAt', '/period/endsAt'].map((pointer) => problem?.at(pointer)).find(Boolean);
  const hasTraffic = proposed === 'observe';
  return (
    <>
      <PageHeader
        trail={[{ label: 'Budgets', href: '/budgets' }, { label: 'New' }]}
        title="Say which calls, how much, and where it stops."
      />
      <form onSubmit={submit} noValidate className="grid max-w-[880px] gap-3 md:gap-4">
        <Panel padded>
          <div className="grid gap-5">
            <Field label="Name" hint="What people will call it: a workload, a team, a customer." error={problem?.at('/name')}>
              <TextInput
                value={draft.name}
                onValueChange={(name) => set({ name })}
                maxLength={200}
                autoComplete="off"
                className="max-w-96"
              />
            </Field>
            <ScopePicker
              conditions={draft.conditions}
              known={known}
              errorAt={(pointer) => problem?.at(pointer)}
              onChange={(conditions) => set({ conditions })}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <div className="grid content-start gap-2">
                <Field label="Period" hint={`Begins and ends at midnight, ${calendar.zone}.`} error={periodFault}>
                  <Select
                    value={draft.period}
                    onValueChange={(period) => set({ period })}
                    options={[
                      ...PERIOD_KINDS.map((kind) => ({ value: kind, label: capital(kind) })),
                      { value: 'fixed' as const, label: 'Fixed dates' },
                    ]}
                  />
                </Field>
                {draft.period === 'fixed' ? (
                  <div className="grid grid-cols-2 gap-2">
                    <Field label="First day">
                      <TextInput type="date" value={draft.firstDay} onValueChange={(firstDay) => set({ firstDay })} />
                    </Field>
                    <Field label="Last day">
                      <TextInput type="date" value={draft.lastDay} onValueChange={(lastDay) => set({ lastDay })} />
                    </Field>
                  </div>
                ) : null}
              </div>
              <div className="flex items-start gap-2">
                <Field label="Amount" className="flex-1" error={problem?.at('/amount') ?? problem?.at('/currency')}>
                  <MoneyInput
                    value={draft.amount}
                    onValueChange={(amount) => set({ amount })}
                    currency={draft.currency}
                    placeholder="1500.00"
                  />
                </Field>
                {currencies.length > 1 ? (
                  <Field label="Currency" className="w-24">
                    <Select
                      value={draft.currency}
                      onValueChange={(currency) => set({ currency })}
                      options={currencies.map((each) => ({ value: each, label: each }))}
                    />
                  </Field>
                ) : null}
              </div>
            </div>
            <FieldGroup
              label="Mode"
              hint={
                hasTraffic
                  ? 'These calls have traffic already: observing first shows what would be refused.'
                  : 'Nothing has called for this yet, so nobody can be refused by surprise.'
              }
            >
              <RadioCards<'observe' | 'enforce'>
                label="Mode"
                columns
                value={mode}
                onValueChange={(next) => set({ mode: next })}
                cards={[
                  {
                    value: 'observe',
                    label: `Observe${hasTraffic ? ', proposed' : ''}`,
                    text: 'Decide and record everything, refuse nothing.',
                  },
                  { value: 'enforce', label: `Enforce${hasTraffic ? '' : ', proposed'}`, text: 'Refuse paid calls at the stop.' },
                ]}
              />
            </FieldGroup>
          </div>
        </Panel>
        <Panel title="Who answers" padded>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <AnswerFields value={draft} choice={choice} errorAt={(pointer) => problem?.at(pointer)} onChange={set} />
          </div>
        </Panel>
        <Panel title="What will happen" aside="levels can be changed afterwards">
          <ul className="grid gap-1 px-3 py-3 text-ink-2 md:px-4">
            {levelSentences(draft, mode).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Panel>
        {problem && problem.errors.length === 0 ? (
          <p role="alert" className="text-stop">
            {problem.detail}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <ButtonLink href="/budgets">Cancel</ButtonLink>
          <Button kind="primary" type="submit" busy={make.isPending}>
            {mode === 'enforce' ? 'Make it, and enforce' : 'Make it, and observe'}
          </Button>
        </div>
      </form>
    </>
  );
}
