'use client';

import Link from 'next/link';
import { useBreaches } from '@/lib/breach/client';
import type { BreachOut } from '@/lib/breach/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import type { PlanOut } from '@/lib/recovery/schema';
import { RecoveryBoard } from '../recovery/board';
import { PageHeader } from '../shell/page-header';
import { Panel } from '../ui/panel';
import { ErrorState } from '../ui/states';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { TabLinks } from '../ui/tabs';
import { Countdown, Time } from '../ui/time';
import { answerWords, type Board, boardOf, breachesFirstLine, PHASE_STATUS } from './words';

const TABS: readonly { key: Board; label: string; empty: string }[] = [
  { key: 'open', label: 'Open', empty: 'Nothing to answer: every breach is recovering or closed.' },
  { key: 'recovering', label: 'Recovering', empty: 'No budget is on its way back.' },
  { key: 'closed', label: 'Closed', empty: 'No breach has been closed yet.' },
];

type BreachListProps = {
  initial: BreachOut[];
  plans: PlanOut[];
  board: Board;
  /** Whether the board was asked for; else one that opens meanwhile comes to the front. */
  isChosen: boolean;
  zone: string;
  serverNow: string;
};

/** All breaches on three boards: who has each, and how far it is. */
export function BreachList({ initial, plans, board: asked, isChosen, zone, serverNow }: BreachListProps) {
  const { data = initial, error, refetch, isFetching } = useBreaches(initial);
  const of = (key: Board) => data.filter((breach) => boardOf(breach) === key);
  const board = isChosen || of('open').length === 0 ? asked : 'open';
  // What nobody has answered stands first.
  const rows = of(board).toSorted(
    (a, b) => Number(a.answeredAt !== null) - Number(b.answeredAt !== null) || (a.openedAt < b.openedAt ? 1 : -1),
  );
  const empty = TABS.find(({ key }) => key === board)?.empty ?? '';
  const columns: Column<BreachOut>[] = [
    {
      key: 'title',
      head: 'Breach',
      name: true,
      cell: (each) => (
        <span className="block min-w-0 [overflow-wrap:anywhere]">
          <Link href={`/breaches/${each.id}`} className="font-medium hover:underline">
            {each.title}
          </Link>
          {each.critical ? <span className="block font-normal text-12 text-ink-2">critical</span> : null}
        </span>
      ),
    },
    { key: 'opened', head: 'Opened', cell: (each) => <Time at={each.openedAt} zone={zone} /> },
    { key: 'answer', head: 'Answer', cell: (each) => <Status {...statusOf(answerWords(each))}>{answerWords(each).word}</Status> },
    {
      key: 'phase',
      head: 'Phase',
      cell: (each) => <Status kind={PHASE_STATUS[each.phase].kind}>{PHASE_STATUS[each.phase].word}</Status>,
    },
    board === 'closed'
      ? { key: 'closed', head: 'Closed', cell: (each) => (each.closedAt ? <Time at={each.closedAt} zone={zone} /> : '–') }
      : { key: 'climb', head: 'Climbs', cell: (each) => <Climbs breach={each} serverNow={serverNow} /> },
    {
      key: 'charged',
      head: 'Charged then',
      figure: true,
      cell: (each) => (
        <>
          {formatMoney(each.figuresThen.chargedNanoUsd)}
          <span className="block text-12 text-ink-2">of {formatMoney(each.figuresThen.limitNanoUsd)}</span>
        </>
      ),
    },
  ];
  return (
    <>
      <PageHeader trail={[{ label: 'Breaches' }]} title={breachesFirstLine(data)} />
      <Panel>
        <TabLinks
          label="Boards"
          current={board}
          tabs={TABS.map(({ key, label }) => ({
            key,
            label,
            note: String(of(key).length),
            href: `/breaches?board=${key}`,
          }))}
        />
        {error ? (
          <ErrorState flush onRetry={() => void refetch()} busy={isFetching} {...(error.requestId ? { reference: error.requestId } : {})}>
            {error.detail}
          </ErrorState>
        ) : null}
        {board === 'recovering' ? (
          <RecoveryBoard breaches={rows} initial={plans} zone={zone} empty={empty} />
        ) : (
          <Table caption={`Breaches, ${board}, unanswered first`} columns={columns} rows={rows} rowKey={(each) => each.id} empty={empty} />
        )}
      </Panel>
      <p className="mt-3 max-w-[72ch] text-12 text-ink-2">
        A breach is a crossing that a person must answer for. What is held back and who has it are two things: containment never ends the
        climb.
      </p>
    </>
  );
}

const statusOf = ({ kind }: ReturnType<typeof answerWords>) => ({ kind });

function Climbs({ breach, serverNow }: { breach: BreachOut; serverNow: string }) {
  const { nextAt, next } = breach.climb;
  if (breach.answeredAt !== null) return <span className="text-ink-3">ended</span>;
  if (nextAt === null) return <span className="text-ink-3">no further</span>;
  return (
    <>
      <Countdown until={nextAt} serverNow={serverNow} over="now" />
      <span className="block text-12 text-ink-2">to {next.map(({ name }) => name).join(', ') || 'the admins'}</span>
    </>
  );
}
