'use client';

import { useState } from 'react';
import { useSwitchOn } from '@/lib/containment/client';
import { momentMs } from '@/lib/kernel/format-time';
import { Button } from '../ui/button';
import { Chips } from '../ui/form/choices';
import { Field, FieldGroup } from '../ui/form/field';
import { FormFault } from '../ui/form/form-fault';
import { TextArea } from '../ui/form/text-input';
import { Dialog } from '../ui/overlay/dialog';
import { useNow } from '../ui/time';
import { sayDone } from '../ui/toast';
import { BlastRadius } from './blast-radius';
import type { Row, Rung } from './rung';
import { RUNGS } from './rungs';
import { SwitchFields } from './switch-fields';
import { actionOf, actWords, type Draft, EMPTY, LENGTHS, missingOf, questionOf, REASONS } from './switch-words';

type SwitchSheetProps = { row: Row; rung: Rung; serverNow: string; onClose: () => void };

/** Before a switch: whom it meets, what they will see, until when, and why. Nothing is switched until the button that names it. */
export function SwitchSheet({ row, rung, serverNow, onClose }: SwitchSheetProps) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [told, setTold] = useState(false);
  const now = useNow(serverNow, 10_000);
  const switchOn = useSwitchOn();
  const { kind } = rung;
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const missing = missingOf(kind, draft);
  const grade = RUNGS.findIndex((each) => each.kind === kind);
  const act = () => {
    setTold(true);
    if (missing !== null) return;
    switchOn.mutate(actionOf(kind, row, draft, momentMs(now)), {
      onSuccess: () => {
        sayDone(`${row.name}: taking hold. It is in force once every process has confirmed it.`);
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      shape="sheet"
      onOpenChange={(open) => !open && onClose()}
      title={questionOf(kind, row.name, draft)}
      sub={`Rung ${grade + 1}, ${RUNGS[grade]?.label}; nothing is switched yet`}
      foot={
        <>
          {told && missing !== null ? (
            <p role="alert" className="text-12 text-stop">
              {missing}
            </p>
          ) : null}
          <FormFault problem={switchOn.error} fields={[]} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button kind="danger" busy={switchOn.isPending} onClick={act}>
              {actWords(kind, draft)}
            </Button>
          </div>
          <p className="text-11 text-ink-2">
            Shown as done only when every process that decides has confirmed it. Undo stays in the row. Written to the log.
          </p>
        </>
      }
    >
      <SwitchFields kind={kind} row={row} draft={draft} onChange={set} nowMs={momentMs(serverNow)} />
      {row.workload ? <BlastRadius kind={kind} slug={row.workload.slug} draft={draft} nowMs={momentMs(serverNow)} /> : null}
      <section className="grid gap-1">
        <h3 className="font-medium text-12 text-ink-2">What users will see</h3>
        {kind === 'route' || kind === 'rate_limit' ? (
          <p>
            {kind === 'route'
              ? 'Answers from the other model; nothing is refused.'
              : 'Calls above the limit wait or are refused until the minute has room.'}
          </p>
        ) : row.workload?.fallback ? (
          <blockquote className="border-line-strong border-l-2 pl-2">“{row.workload.fallback.message}”</blockquote>
        ) : (
          <p className="text-warn">No message is written for its users: they get a bare refusal. Write one on the workload’s page.</p>
        )}
      </section>
      <FieldGroup label="Until">
        <Chips label="Until" single choices={[...LENGTHS]} value={[draft.length]} onValueChange={([length]) => length && set({ length })} />
      </FieldGroup>
      <div className="grid gap-2">
        <FieldGroup label="Reason">
          <Chips
            label="Reason"
            single
            choices={[...REASONS]}
            value={draft.chip ? [draft.chip as never] : []}
            onValueChange={([chip]) => set({ chip: chip ?? null })}
          />
        </FieldGroup>
        <Field label="In your words" optional={draft.chip !== null}>
          <TextArea value={draft.words} onValueChange={(words) => set({ words })} maxLength={900} />
        </Field>
      </div>
    </Dialog>
  );
}
