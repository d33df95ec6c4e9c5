import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import type { ReportOut } from './report';

/** Text of people cannot break a table, begin a heading, or be read as markup. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/([\\`*_[\]<>|#])/g, '\\$1');

const section = (title: string, lines: string[]): string[] => ['', `## ${title}`, '', ...lines];

const table = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => ' --- |').join('')}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

const words = (kind: string): string => kind.replaceAll('_', ' ');

/** A report as Markdown, in the organisation's zone: to be kept, sent or printed. */
export function markdownOf(report: ReportOut): string {
  const at = (iso: string | null): string => (iso === null ? '–' : formatDayTime(iso, report.zone, { year: true }));
  const lines = [...headOf(report, at), ...costOf(report)];
  const contained = report.contained.map((each) => [
    ...[words(each.kind), plain(each.reason), at(each.startedAt), at(each.endedAt), String(each.callsAffected)],
    ...[
      formatMoney(each.savedNanoUsd),
      each.notSpentNanoUsd === null || each.kind === 'route' ? '–' : formatMoney(each.notSpentNanoUsd, { sign: 'estimate' }),
    ],
  ]);
  const told = report.timeline.map((each) => [at(each.at), plain(each.text), plain(each.by)]);
  const decided = report.decisions.map((each) => [
    ...[at(each.at), words(each.kind), each.percent === null ? 'nothing' : `${each.percent} %`, plain(each.by), plain(each.why)],
  ]);
  const days = report.days.map((each) => [
    ...[each.date, each.verdict, formatMoney(each.actualNanoUsd), formatMoney(each.targetNanoUsd), plain(each.facts.because)],
    plain(each.signedOffBy ?? '–'),
  ]);
  lines.push(
    ...section(
      'What contained it',
      contained.length === 0 ? ['The stop alone.'] : table(['action', 'why', 'from', 'to', 'calls', 'saved', 'not spent'], contained),
    ),
    ...section('Time line', table(['when', 'what', 'who'], told)),
    ...section('Decisions', table(['when', 'what', 'flows', 'who', 'why'], decided)),
    ...section('Days', table(['day', 'verdict', 'spent', 'allowance', 'because', 'signed off'], days)),
    ...section(
      'Follow-ups',
      report.followUps.map((each) => `- [${each.done ? 'x' : ' '}] ${plain(each.text)}`),
    ),
  );
  return `${lines.join('\n')}\n`;
}

function headOf(report: ReportOut, at: (iso: string | null) => string): string[] {
  const closed = report.isFinal ? `, closed ${at(report.closedAt)} by ${plain(report.closedBy ?? '')}` : '';
  return [
    `# ${plain(report.budgetName)}: ${report.isFinal ? 'recovery report' : 'recovery so far'}`,
    '',
    `Opened ${at(report.openedAt)}${closed}. Times are of ${report.zone}.`,
    ...(report.summary ? ['', plain(report.summary)] : []),
    ...section('Cause', [
      report.cause ? plain(report.cause) : 'Not recorded.',
      '',
      `Corrective action: ${report.correctiveAction ? plain(report.correctiveAction) : 'none named.'}`,
    ]),
  ];
}

const costOf = ({ cost, refusedCalls }: ReportOut): string[] =>
  section(
    'Cost',
    table(
      ['figure', 'amount'],
      [
        ['charged when it opened', formatMoney(cost.chargedThenNanoUsd)],
        ['spent on the whole days since', formatMoney(cost.spentSinceNanoUsd)],
        ['charged in the period now', formatMoney(cost.chargedNowNanoUsd)],
        ['above the limit since; no allow is in it', formatMoney(cost.excessNanoUsd)],
        ['saved by cheaper models, measured', formatMoney(cost.savedNanoUsd)],
        ['calls refused since', String(refusedCalls)],
      ],
    ),
  );
