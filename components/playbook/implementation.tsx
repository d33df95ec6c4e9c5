import Link from 'next/link';
import { formatMoney } from '@/lib/kernel/format-money';
import { implementationMarkdown } from '@/lib/playbook/implementation/findings';
import { AREAS, type ImplementationOut } from '@/lib/playbook/implementation/schema';
import { PageHeader } from '../shell/page-header';
import { ButtonLink } from '../ui/button';
import { CopyButton } from '../ui/copy';
import { Panel } from '../ui/panel';
import { type Column, Table } from '../ui/table/table';

const AREA_WORDS = {
  split: 'Provider and model split',
  guardrails: 'Guardrails by traffic stage',
  kpi: 'KPI plan',
  process: 'Process and owners',
} as const;

type Row = ImplementationOut['findings'][number];

const COLUMNS: Column<Row>[] = [
  {
    ...{ key: 'finding', head: 'Finding', name: true },
    cell: (row) => (
      <Link href={row.href} className="text-accent-ink [overflow-wrap:anywhere] hover:underline">
        {row.title}
      </Link>
    ),
  },
  { key: 'evidence', head: 'Evidence', cell: (row) => <span className="[overflow-wrap:anywhere]">{row.evidence}</span> },
  { key: 'effort', head: 'Effort', cell: (row) => row.effort },
  {
    key: 'saving',
    head: 'Saving in 30 days',
    figure: true,
    cell: (row) => (row.savingNanoUsd === null ? <span className="text-ink-3">not told</span> : formatMoney(row.savingNanoUsd)),
  },
];

/** The audit that the product does by itself: one report, its figures those of the screens. */
export function Implementation({ report }: { report: ImplementationOut }) {
  const { findings, savingNanoUsd } = report;
  const title =
    findings.length === 0
      ? 'The audit finds nothing to mend.'
      : `${findings.length} finding${findings.length === 1 ? '' : 's'}${savingNanoUsd === '0' ? '; no saving is measured yet' : `; ${formatMoney(savingNanoUsd)} less in 30 days`}.`;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Playbooks', href: '/playbooks' }, { label: 'Implementation audit' }]}
        title={title}
        actions={
          <>
            <CopyButton text={implementationMarkdown(report)} />
            <ButtonLink small href="/guides/help?topic=audit&from=/playbooks/audit">
              Have people audit it
            </ButtonLink>
          </>
        }
      />
      <div className="grid gap-3 md:gap-4">
        {AREAS.map((area) => {
          const rows = findings.filter((each) => each.area === area);
          return (
            <Panel key={area} title={AREA_WORDS[area]} aside={rows.length === 0 ? 'nothing found' : String(rows.length)}>
              <Table caption={AREA_WORDS[area]} columns={COLUMNS} rows={rows} rowKey={(row) => row.key} empty="Nothing to mend here." />
            </Panel>
          );
        })}
      </div>
    </>
  );
}
