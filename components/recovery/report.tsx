import { formatCount, formatMoney, NO_FIGURE } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import type { ReportOut } from '@/lib/recovery/report/report';
import { Facts, Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { actionWords, decisionWords } from './report-words';
import { dayWords, VERDICT_STATUS } from './words';

type Of<Key extends 'contained' | 'timeline' | 'decisions' | 'days'> = ReportOut[Key][number];

/** The report of a recovery, to be read, printed and kept: what it was, what it cost, what contained it, who decided what. */
export function Report({ report }: { report: ReportOut }) {
  const { zone, cost, criteria, followUps } = report;
  const at = (iso: string | null) => (iso === null ? NO_FIGURE : formatDayTime(iso, zone));
  return (
    <div className="grid gap-4 print:gap-3">
      {report.summary ? (
        <Panel title="Summary" padded>
          <p className="max-w-[72ch] text-15 [overflow-wrap:anywhere]">{report.summary}</p>
        </Panel>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2 print:grid-cols-2 print:gap-3">
        <Panel title="Cause and correction" aside={report.isFinal ? 'final' : 'as it stands now'} padded>
          <dl className="grid gap-3 [overflow-wrap:anywhere]">
            <div>
              <dt className="text-12 text-ink-2">Cause</dt>
              <dd>{report.cause ?? 'Not recorded.'}</dd>
            </div>
            <div>
              <dt className="text-12 text-ink-2">Corrective action</dt>
              <dd>{report.correctiveAction ?? 'None named.'}</dd>
            </div>
            <div>
              <dt className="text-12 text-ink-2">Opened</dt>
              <dd>{at(report.openedAt)}</dd>
            </div>
            <div>
              <dt className="text-12 text-ink-2">Closed</dt>
              <dd>{report.closedAt === null ? 'Not yet.' : `${at(report.closedAt)} by ${report.closedBy ?? 'Hardstop'}`}</dd>
            </div>
          </dl>
        </Panel>
        <Panel title="Cost" aside="money of the budget">
          <Facts
            items={[
              { name: 'Charged when it opened', value: formatMoney(cost.chargedThenNanoUsd) },
              { name: 'Spent on the whole days since', value: formatMoney(cost.spentSinceNanoUsd) },
              { name: 'Charged in the period now', value: formatMoney(cost.chargedNowNanoUsd) },
              { name: 'Above the limit since; no allow is in it', value: formatMoney(cost.excessNanoUsd) },
              // A report that was written before savings were part of it has none.
              ...(cost.savedNanoUsd === undefined
                ? []
                : [{ name: 'Saved by cheaper models, measured', value: formatMoney(cost.savedNanoUsd) }]),
              { name: 'Calls refused since', value: formatCount(report.refusedCalls) },
            ]}
          />
        </Panel>
      </div>
      <Panel title="What contained it">
        <Table
          caption="What contained it besides the stop"
          columns={containedColumns(at)}
          rows={report.contained}
          rowKey={(each) => `${each.kind} ${each.startedAt}`}
          empty="The stop alone."
        />
      </Panel>
      <Panel title="Days">
        <Table
          caption="Daily entries"
          columns={DAYS}
          rows={report.days}
          rowKey={(each) => each.date}
          empty="No whole day has passed yet."
        />
      </Panel>
      <Panel title="Decisions">
        <Table caption="Decisions, oldest first" columns={decisionColumns(at)} rows={report.decisions} rowKey={(each) => each.id} />
      </Panel>
      <Panel title="Time line" aside={zone}>
        <Table
          caption="What happened, oldest first"
          columns={timelineColumns(at)}
          rows={report.timeline.map((each, n) => ({ ...each, n }))}
          rowKey={({ n }) => String(n)}
        />
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2 print:grid-cols-2 print:gap-3">
        <Lines title="Follow-ups" lines={followUps.map(({ text, done }) => ({ text, done, word: done ? 'done' : 'to do' }))} />
        <Lines
          title="Exit criteria"
          lines={criteria.map(({ detail, met }) => ({ text: detail, done: met, word: met ? 'met' : 'not met' }))}
        />
      </div>
    </div>
  );
}

type At = (iso: string | null) => string;

const Moment = ({ children }: { children: string }) => <span className="whitespace-nowrap">{children}</span>;

const containedColumns = (at: At): Column<Of<'contained'>>[] => [
  { key: 'kind', head: 'Action', name: true, cell: (each) => actionWords(each.kind) },
  { key: 'reason', head: 'Why', cell: (each) => each.reason },
  { key: 'from', head: 'From', cell: (each) => <Moment>{at(each.startedAt)}</Moment> },
  { key: 'to', head: 'To', cell: (each) => <Moment>{each.endedAt === null ? 'still on' : at(each.endedAt)}</Moment> },
  {
    key: 'calls',
    head: 'Calls',
    figure: true,
    cell: (each) => (each.callsAffected === undefined ? NO_FIGURE : formatCount(each.callsAffected)),
  },
  {
    key: 'saved',
    head: 'Saved',
    figure: true,
    cell: (each) => (each.savedNanoUsd === undefined || each.kind !== 'route' ? NO_FIGURE : formatMoney(each.savedNanoUsd)),
  },
  {
    key: 'not_spent',
    head: 'Not spent',
    figure: true,
    cell: (each) =>
      each.notSpentNanoUsd == null || each.kind === 'route' ? NO_FIGURE : formatMoney(each.notSpentNanoUsd, { sign: 'estimate' }),
  },
];

const DAYS: Column<Of<'days'>>[] = [
  { key: 'day', head: 'Day', name: true, cell: (each) => dayWords(each.date) },
  { key: 'verdict', head: 'Verdict', cell: (each) => <Status kind={VERDICT_STATUS[each.verdict]}>{each.verdict}</Status> },
  { key: 'spent', head: 'Spent', figure: true, cell: (each) => formatMoney(each.actualNanoUsd) },
  { key: 'allowance', head: 'Allowance', figure: true, cell: (each) => formatMoney(each.targetNanoUsd) },
  { key: 'because', head: 'Because', cell: (each) => `${each.facts.because}${each.note ? ` “${each.note}”` : ''}` },
  { key: 'signed', head: 'Signed off', cell: (each) => each.signedOffBy ?? 'nobody' },
];

const decisionColumns = (at: At): Column<Of<'decisions'>>[] => [
  { key: 'at', head: 'When', cell: (each) => <Moment>{at(each.at)}</Moment> },
  { key: 'what', head: 'What', name: true, cell: (each) => decisionWords(each.kind) },
  { key: 'flows', head: 'Flows', figure: true, cell: (each) => (each.percent === null ? 'nothing' : `${each.percent}\u00a0%`) },
  { key: 'who', head: 'Who', cell: (each) => (each.byRule ? 'by rule' : each.by) },
  { key: 'why', head: 'Why', cell: (each) => each.why },
];

const timelineColumns = (at: At): Column<Of<'timeline'> & { n: number }>[] => [
  { key: 'at', head: 'When', cell: (each) => <Moment>{at(each.at)}</Moment> },
  { key: 'text', head: 'What', name: true, cell: (each) => <span className="font-normal">{each.text}</span> },
  { key: 'by', head: 'Who', cell: (each) => each.by },
];

function Lines({ title, lines }: { title: string; lines: { text: string; done: boolean; word: string }[] }) {
  return (
    <Panel title={title} aside={`${lines.filter((each) => each.done).length} of ${lines.length}`}>
      <ul>
        {lines.map(({ text, done, word }) => (
          <li
            key={text}
            className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-2 border-line border-t px-3 py-2 first:border-t-0 md:px-4"
          >
            <Status kind={done ? 'ok' : 'off'} iconOnly className="pt-0.5">
              {word}
            </Status>
            <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
