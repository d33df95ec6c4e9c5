'use client';

import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { useValue } from '@/lib/value/client';
import type { KpiOut, ValueOut } from '@/lib/value/schema';
import { PageHeader } from '../shell/page-header';
import { CodeBlock } from '../ui/copy';
import { Panel } from '../ui/panel';
import { type Column, Table } from '../ui/table/table';
import { STAGE_WORDS } from '../workload/words';
import { ProposalsPanel } from './proposals-panel';
import { SplitsPanel } from './splits-panel';
import { TargetDialog } from './target-dialog';
import { movedWords, snippetOf, valueFirstLine } from './words';

type ValueScreenProps = { baseUrl: string; initial: ValueOut; members: Record<string, string>; mayPlan: boolean; mayPropose: boolean };

/** What spend is worth: the KPI plan, the splits that the evidence advises, and what proposals have saved. */
export function ValueScreen({ baseUrl, initial, members, mayPlan, mayPropose }: ValueScreenProps) {
  const { data: value = initial } = useValue(initial);
  const blind = value.kpis.filter((each) => each.missing.includes('outcome'));
  return (
    <>
      <PageHeader trail={[{ label: 'Spend', href: '/spend' }, { label: 'Value' }]} note="the last 30 days" title={valueFirstLine(value)} />
      <div className="grid gap-3 md:gap-4">
        <Panel title="KPI plan" aside="by workload and traffic stage, beside the 30 days before">
          <Table
            caption="Spend, quality and conversion of each workload and traffic stage, with targets"
            columns={columnsOf(members, mayPlan)}
            rows={value.kpis}
            rowKey={(row) => `${row.workload} ${row.trafficStage}`}
            empty="Nothing was spent in the last 30 days."
          />
        </Panel>
        <SplitsPanel splits={value.splits} mayPropose={mayPropose} />
        <ProposalsPanel proposals={value.proposals} />
        {blind[0] ? (
          <Panel title={`${blind.length} of ${value.kpis.length} tell nothing of what came of their calls`} padded>
            <div className="grid gap-2">
              <p className="max-w-[72ch] text-ink-2">
                {blind.map((each) => each.name).join(', ')}: without outcomes there is spend and no value. Add them to the record, to the
                settlement, or later:
              </p>
              <CodeBlock code={snippetOf(blind[0].missing, baseUrl)} label="How an outcome is sent" />
            </div>
          </Panel>
        ) : null}
      </div>
    </>
  );
}

const stageName = (stage: string): string => STAGE_WORDS[stage as keyof typeof STAGE_WORDS] ?? 'no stage';

/** A figure, and under it how it moved and what it is to come to. */
function Measured({ now, notes }: { now: string; notes: (string | null)[] }) {
  const said = notes.flatMap((each) => each ?? []);
  return (
    <span className="inline-grid">
      <span>{now}</span>
      {said.length > 0 ? <span className="text-12 text-ink-2">{said.join(' · ')}</span> : null}
    </span>
  );
}

const money = ({ now, before, target }: KpiOut['spend']) =>
  now === null ? (
    <span className="text-ink-3">not told</span>
  ) : (
    <Measured
      now={formatMoney(now)}
      notes={[movedWords(Number(now), before === null ? null : Number(before)), target === null ? null : `target ${formatMoney(target)}`]}
    />
  );

const rate = ({ now, before, target }: KpiOut['quality']) =>
  now === null ? (
    <span className="text-ink-3">not told</span>
  ) : (
    <Measured
      now={formatPercent(now, 0)}
      notes={[movedWords(now, before), target === null ? null : `target ${formatPercent(target, 0)}`]}
    />
  );

const columnsOf = (members: Record<string, string>, mayPlan: boolean): Column<KpiOut>[] => [
  {
    ...{ key: 'workload', head: 'Workload', name: true },
    cell: (row) => (
      <span className="inline-grid">
        <span className="[overflow-wrap:anywhere]">{row.name}</span>
        <span className="font-normal text-12 text-ink-2">{stageName(row.trafficStage)}</span>
      </span>
    ),
  },
  { key: 'spend', head: 'Spend', figure: true, cell: (row) => money(row.spend) },
  { key: 'success', head: 'Cost per success', figure: true, cell: (row) => money(row.costPerSuccess) },
  { key: 'conversion_cost', head: 'Cost per conversion', figure: true, cell: (row) => money(row.costPerConversion) },
  { key: 'quality', head: 'Quality', figure: true, cell: (row) => rate(row.quality) },
  { key: 'conversion', head: 'Conversion', figure: true, cell: (row) => rate(row.conversion) },
  {
    ...{ key: 'owner', head: 'Owner, review' },
    cell: (row) => <Measured now={row.ownerName ?? 'nobody yet'} notes={[row.reviewOn === null ? null : `review on ${row.reviewOn}`]} />,
  },
  ...(mayPlan
    ? [{ key: 'act', head: 'Targets', hideHead: true, cell: (row: KpiOut) => <TargetDialog kpi={row} members={members} /> }]
    : []),
];
