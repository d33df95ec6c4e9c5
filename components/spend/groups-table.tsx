'use client';

import Link from 'next/link';
import type { Dimension } from '@/lib/insight/dimensions';
import type { SpendAnswer } from '@/lib/insight/reads';
import { formatCount, formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { ratio } from '@/lib/kernel/money';
import { Button } from '../ui/button';
import { type Column, Table } from '../ui/table/table';
import { changeWords, signOf } from './finding';
import { type Figures, type Line, linesOf, MOST_LINES, oldFigures, SHOWN } from './group-lines';
import { dimensionHead, groupName, valueName } from './view/words';

type GroupsTableProps = {
  answer: SpendAnswer;
  by: Dimension[];
  /** The figures of the range before; null while it is not compared with. */
  before: SpendAnswer | null;
  all: boolean;
  onAll: (all: boolean) => void;
  /** The address of this view with only a group in it, and of its records. */
  onlyHref: (key: Record<string, string>) => string | null;
  recordsHref: (key: Record<string, string> | null) => string | null;
  dim: boolean;
};

/** Groups dearest first with their share; the foot is the answer's own total. */
export function GroupsTable({ answer, by, before, all, onAll, onlyHref, recordsHref, dim }: GroupsTableProps) {
  const { total } = answer;
  const lines = linesOf(answer, by, all, before);
  const old = before ? oldFigures(before, by, lines) : null;
  const money = (nano: string, figures?: Figures) => formatMoney(nano, { sign: figures && signOf(figures) });
  const columns: Column<Line>[] = [
    ...by.map(
      (dimension, place): Column<Line> => ({
        key: dimension,
        head: dimensionHead(dimension),
        name: place === 0,
        foot: place === 0 ? 'Total' : undefined,
        cell: (line) => (
          <NameCell line={line} dimension={dimension} isFirst={place === 0} href={line.key && onlyHref(line.key)} onAll={onAll} />
        ),
      }),
    ),
    {
      key: 'actual',
      head: 'Actual',
      figure: true,
      cell: (line) => money(line.actualNanoUsd, line),
      foot: money(total.actualNanoUsd, total),
    },
    ...(total.presumedNanoUsd === '0'
      ? []
      : [
          {
            key: 'presumed',
            head: 'Presumed',
            figure: true,
            cell: (line: Line) => money(line.presumedNanoUsd),
            foot: money(total.presumedNanoUsd),
          },
        ]),
    ...(total.unpricedCalls === 0
      ? []
      : [{ key: 'unpriced', head: 'Unpriced, at least', figure: true, cell: unpriced, foot: unpriced(total) }]),
    { key: 'share', head: 'Share', figure: true, cell: (line) => <Share part={line.actualNanoUsd} whole={total.actualNanoUsd} /> },
    ...(old
      ? [
          {
            key: 'before',
            head: 'Before',
            figure: true,
            cell: (line: Line) => money(old(line)),
            foot: money(before?.total.actualNanoUsd ?? '0'),
          },
          {
            key: 'change',
            head: 'Change',
            figure: true,
            cell: (line: Line) => <Change now={line.actualNanoUsd} before={old(line)} />,
            foot: <Change now={total.actualNanoUsd} before={before?.total.actualNanoUsd ?? '0'} />,
          },
        ]
      : []),
    { key: 'calls', head: 'Calls', figure: true, cell: (line) => formatCount(line.calls), foot: formatCount(total.calls) },
    {
      key: 'records',
      head: 'Records',
      hideHead: true,
      figure: true,
      cell: (line) => <Records href={line.key && recordsHref(line.key)} of={line.key ? groupName(by, line.key) : ''} />,
      foot: <Records href={recordsHref(null)} of="everything" />,
    },
  ];
  return (
    <>
      <Table
        caption={`Spend by ${by.map(dimensionHead).join(' and ')}`}
        columns={columns}
        rows={lines}
        rowKey={(line) => line.id}
        dim={dim}
      />
      {all && answer.groups.length > SHOWN ? (
        <p className="flex flex-wrap items-center gap-2 border-line border-t px-3 py-2 text-12 text-ink-2 md:px-4">
          {answer.groups.length > MOST_LINES
            ? `The ${MOST_LINES} dearest of ${formatCount(answer.groups.length)}; the file has all of them.`
            : null}
          <Button small onClick={() => onAll(false)}>
            Show the {SHOWN} dearest only
          </Button>
        </p>
      ) : null}
    </>
  );
}

const unpriced = (figures: Figures) => (figures.unpricedCalls === 0 ? '' : formatMoney(figures.unpricedUpperNanoUsd, { sign: 'at_least' }));

function NameCell({
  line,
  dimension,
  isFirst,
  href,
  onAll,
}: {
  line: Line;
  dimension: Dimension;
  isFirst: boolean;
  href: string | null;
  onAll: (all: boolean) => void;
}) {
  if (line.key === null) {
    if (!isFirst) return null;
    return line.opens ? (
      <button type="button" onClick={() => onAll(true)} className="text-accent-ink underline underline-offset-2">
        other ({formatCount(line.of)})
      </button>
    ) : (
      <span className="text-ink-2">{line.calls === 0 ? 'only in the range before' : `other (${formatCount(line.of)})`}</span>
    );
  }
  const value = line.key[dimension] ?? '';
  const name = valueName(dimension, value);
  const look = value === '' ? 'text-ink-2' : 'break-words';
  return isFirst && href ? (
    <Link href={href} scroll={false} className={`${look} hover:underline`}>
      {name}
    </Link>
  ) : (
    <span className={look}>{name}</span>
  );
}

function Share({ part, whole }: { part: string; whole: string }) {
  const share = ratio(BigInt(part), BigInt(whole));
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-sunken max-lg:hidden">
        <span className="keep-colour block h-full bg-accent" style={{ width: `${Math.min(100, Math.max(0, (share ?? 0) * 100))}%` }} />
      </span>
      <span className="min-w-14">{formatPercent(share)}</span>
    </span>
  );
}

function Change({ now, before }: { now: string; before: string }) {
  return (
    <span>
      {formatMoney(BigInt(now) - BigInt(before), { signed: true })}
      <span className="ml-2 inline-block min-w-14 font-normal text-ink-2">{changeWords(now, before)}</span>
    </span>
  );
}

function Records({ href, of }: { href: string | null; of: string }) {
  if (href === null) return null;
  return (
    <Link href={href} className="font-normal text-accent-ink hover:underline" aria-label={`Records of ${of}`}>
      Records
    </Link>
  );
}
