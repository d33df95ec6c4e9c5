'use client';

import dynamic from 'next/dynamic';
import { useId, useState } from 'react';
import type { LevelChoices } from '@/lib/budget/read/level-choices';
import { formatMoney } from '@/lib/kernel/format-money';
import { Button, IconButton } from '../../ui/button';
import { cx } from '../../ui/class-names';
import { Field } from '../../ui/form/field';
import { Select } from '../../ui/form/select';
import { TextInput } from '../../ui/form/text-input';
import { Switch } from '../../ui/form/toggles';
import { AheadField } from './ahead-field';
import { amountAt, isLevel, type Row } from './draft';
import { type LevelFacts, sentenceOf } from './words';

// Its pickers come when the first level is opened.
const LevelDetails = dynamic(() => import('./level-details').then((file) => file.LevelDetails));

const KINDS = [
  { value: 'notify', label: 'Notify' },
  { value: 'contain', label: 'Contain' },
] as const;

type ThresholdRowProps = {
  row: Row;
  /** The row as it is kept; undefined where it is new. */
  saved: Row | undefined;
  was: string | null;
  /** What is wrong with a field, by the end of its pointer. */
  errorAt: (end: string) => string | undefined;
  /** Something inside its details is at fault: they stand open. */
  mustOpen: boolean;
  budget: LevelFacts;
  choices: LevelChoices;
  readOnly: boolean;
  onChange: (part: Partial<Row>) => void;
  onRemove: () => void;
};

/** One level: what, where, whether someone must answer; under it the sentence that follows the typing, and what it sets off. */
export function ThresholdRow(props: ThresholdRowProps) {
  const { row, saved, was, errorAt, mustOpen, budget, choices, readOnly, onChange, onRemove } = props;
  const [isOpened, setOpened] = useState(false);
  const details = useId();
  const isOpen = isOpened || mustOpen;
  const nano = amountAt(row, budget.amountNanoUsd);
  const [act, rest] = sentenceOf(row, budget, saved);
  const name = row.burn
    ? `${row.kind} burn rate ${row.percent} %`
    : row.withinDays === null
      ? `${row.kind} ${row.percent} %`
      : `${row.kind} within ${row.withinDays} days`;
  return (
    <li className={cx('grid gap-x-3 gap-y-1.5 border-line border-t px-3 py-2.5 first:border-t-0 md:px-4', was && 'bg-accent-tint')}>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-center gap-2 sm:grid-cols-[132px_112px_minmax(72px,1fr)_auto_28px]">
        {row.kind === 'stop' ? (
          <span className="flex h-control items-center px-2.5 font-medium">Stop</span>
        ) : (
          <Select
            aria-label={`What happens, ${name}`}
            value={row.kind}
            options={[...KINDS]}
            disabled={readOnly}
            changed={was !== null && was !== 'new'}
            onValueChange={(kind) =>
              onChange(kind === 'notify' ? { kind, actions: [], mustAnswer: false } : { kind, mustAnswer: row.mustAnswer })
            }
          />
        )}
        {isLevel(row) ? (
          <Field label={`Level, per cent of the amount, ${row.kind}`} hideLabel error={errorAt('/at') ?? errorAt('')}>
            <span className="relative block">
              <TextInput
                inputMode="decimal"
                autoComplete="off"
                value={row.percent}
                disabled={readOnly}
                changed={was !== null}
                onValueChange={(percent) => /^\d{0,4}([.,]\d{0,4})?$/.test(percent) && onChange({ percent })}
                className="pr-7"
              />
              <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center text-ink-3">
                %
              </span>
            </span>
          </Field>
        ) : (
          <AheadField row={row} errorAt={errorAt} changed={was !== null} readOnly={readOnly} onChange={onChange} />
        )}
        <span className="text-12 text-ink-2 max-sm:order-3 max-sm:col-span-3 max-sm:empty:hidden">
          {!isLevel(row)
            ? row.burn
              ? 'burn rate'
              : 'by the forecast'
            : nano !== null
              ? `${formatMoney(nano, { style: 'table' })} charged`
              : ''}
        </span>
        <Switch
          label="Someone must answer"
          checked={row.mustAnswer}
          disabled={readOnly}
          onCheckedChange={(mustAnswer) => onChange({ mustAnswer })}
          className="max-sm:order-4 max-sm:col-span-3 sm:w-48"
        />
        {row.kind === 'stop' || readOnly ? <span /> : <IconButton icon="close" label={`Remove ${name}`} onClick={onRemove} />}
      </div>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-64 text-pretty text-12 text-ink-2">
          <b className="font-medium text-ink">{act}</b>
          {rest} {was ? <span className="font-medium text-11 text-accent-ink">{was}</span> : null}
        </p>
        <Button
          small
          aria-expanded={isOpen}
          aria-controls={details}
          aria-label={`${row.kind === 'notify' ? 'People' : 'Actions and people'}, ${name}`}
          icon={isOpen ? 'chevron_down' : 'chevron_right'}
          onClick={() => setOpened(!isOpened)}
        >
          {row.kind === 'notify' ? 'People' : 'Actions and people'}
        </Button>
      </div>
      <div id={details} hidden={!isOpen}>
        {isOpen ? <LevelDetails {...{ row, choices, readOnly, errorAt, onChange }} /> : null}
      </div>
    </li>
  );
}
