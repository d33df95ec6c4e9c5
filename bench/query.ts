import { budgetHistoryDoor, burnUpDoor, explainFigureDoor, getBudgetDoor, listBudgetsDoor } from '@/lib/budget/doors';
import { reader } from '@/lib/db';
import type { Door } from '@/lib/http/door';
import { dataHealthDoor, listRejectedDoor } from '@/lib/insight/data/doors';
import { freshnessDoor, movedDoor, overviewDoor } from '@/lib/insight/overview/doors';
import { listUsageDoor } from '@/lib/insight/records-doors';
import { spendDoor } from '@/lib/insight/spend-doors';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';
import { listProofsDoor } from '@/lib/spend/proof/doors';
import { type Asker, ask } from './support/ask';
import { withBenchDatabase } from './support/database';
import { fill } from './support/million';
import { benchOrg } from './support/org';
import { progress, type Row, report } from './support/report';

const RECORDS = Number(process.argv[3] ?? 1_000_000);
const TIMES = 50;
const TIMES_RAW = 3;

type Knock = { door: Door; query?: Record<string, string>; params?: Record<string, string> };
/** What a screen reads on the server before it is shown, and one statement that gets its main figure from raw rows. */
type Screen = { name: string; knocks: Knock[]; raw: string };

function screensOf(now: Instant, budgetIds: string[]): Screen[] {
  const from = (back: number) => toIso(minus(now, days(back)));
  const range = (back: number) => ({ from: from(back), to: toIso(now) });
  const since = (back: number) => `FROM ledger_entry WHERE org_id = $1 AND booked_at >= '${from(back)}' AND booked_at < '${toIso(now)}'`;
  const spend = (back: number, query: Record<string, string>): Knock => ({ door: spendDoor, query: { ...range(back), ...query } });
  const byDay = `date_trunc('day', booked_at)`;
  const sums = 'sum(amount_nano), sum(calls)';
  const params = { id: budgetIds[0] ?? '' };
  return [
    {
      name: 'Overview',
      knocks: [{ door: overviewDoor }, { door: movedDoor }, { door: freshnessDoor }, { door: burnUpDoor, params }],
      raw: `SELECT workload, model, ${byDay}, ${sums} ${since(31)} GROUP BY 1, 2, 3`,
    },
    { name: 'Budgets', knocks: [{ door: listBudgetsDoor }], raw: `SELECT workload, basis, ${sums} ${since(31)} GROUP BY 1, 2` },
    {
      name: 'One budget with its burn-up',
      knocks: [
        { door: getBudgetDoor, params },
        { door: burnUpDoor, params },
        { door: budgetHistoryDoor, params },
      ],
      raw: `SELECT ${byDay}, basis, ${sums} ${since(31)} GROUP BY 1, 2`,
    },
    {
      name: 'One budget of a tag with its burn-up',
      knocks: [
        { door: getBudgetDoor, params: { id: budgetIds[10] ?? '' } },
        { door: burnUpDoor, params: { id: budgetIds[10] ?? '' } },
      ],
      raw: `SELECT ${byDay}, basis, ${sums} ${since(60)} AND tags ->> 'env' = 'staging' GROUP BY 1, 2`,
    },
    {
      name: 'One budget of two labels with its burn-up',
      knocks: [
        { door: getBudgetDoor, params: { id: budgetIds[12] ?? '' } },
        { door: burnUpDoor, params: { id: budgetIds[12] ?? '' } },
      ],
      raw: `SELECT ${byDay}, basis, ${sums} ${since(31)} AND customer = 'customer-7' AND tags ->> 'region' = 'eu' GROUP BY 1, 2`,
    },
    {
      name: 'How what a year charged comes about',
      knocks: [{ door: explainFigureDoor, params: { id: budgetIds[1] ?? '', figure: 'charged' } }],
      raw: `SELECT price_ref, count(*), max(received_at) ${since(330)} GROUP BY 1`,
    },
    {
      name: 'Spend: 30 days by workload',
      knocks: [spend(30, { groupBy: 'workload', granularity: 'day' })],
      raw: `SELECT workload, ${byDay}, ${sums} ${since(30)} GROUP BY 1, 2`,
    },
    {
      name: 'Spend: 90 days by model',
      knocks: [spend(90, { groupBy: 'model', granularity: 'day' })],
      raw: `SELECT model, ${byDay}, ${sums} ${since(90)} GROUP BY 1, 2`,
    },
    {
      name: 'Spend: 90 days by customer',
      knocks: [spend(90, { groupBy: 'customer', granularity: 'day' })],
      raw: `SELECT customer, ${byDay}, ${sums} ${since(90)} GROUP BY 1, 2`,
    },
    {
      name: 'Spend: 30 days by a tag, one model',
      knocks: [spend(30, { groupBy: 'tag:env', granularity: 'day', model: 'gpt-4o' })],
      raw: `SELECT tags ->> 'env', ${byDay}, ${sums} ${since(30)} AND model = 'gpt-4o' GROUP BY 1, 2`,
    },
    {
      name: 'Spend: 2 days by feature and hour',
      knocks: [spend(2, { groupBy: 'feature', granularity: 'hour' })],
      raw: `SELECT feature, date_trunc('hour', booked_at), ${sums} ${since(2)} GROUP BY 1, 2`,
    },
    {
      name: 'Spend: the last records',
      knocks: [{ door: listUsageDoor, query: range(30) }],
      raw: `SELECT * ${since(30)} ORDER BY booked_at DESC, id DESC LIMIT 50`,
    },
    {
      name: 'Data',
      knocks: [{ door: dataHealthDoor }, { door: listRejectedDoor }, { door: listProofsDoor }],
      raw: `SELECT provider, model_called, min(booked_at), ${sums} ${since(400)} AND basis = 'unpriced' GROUP BY 1, 2`,
    },
  ];
}

async function timed(times: number, work: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  await work();
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.ceil(taken.length * share) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

async function rowOf(org: Asker, { name, knocks, raw }: Screen): Promise<Row> {
  const ours = await timed(TIMES, async () => {
    for (const { door, ...part } of knocks) await ask(org, door, part);
  });
  const plain = await timed(TIMES_RAW, () => reader().query(raw, [org.orgId]));
  return { screen: name, 'p50 ms': ours.p50, 'p95 ms': ours.p95, 'raw rows p50 ms': plain.p50, 'raw ÷ ours': plain.p50 / ours.p50 };
}

/** What each screen asks of the server, over a million records, against its main figure from raw rows. */
await withBenchDatabase(async (url) => {
  const finish = await report('query', url);
  const org = await benchOrg([]);
  const began = performance.now();
  console.log(`Filling ${RECORDS.toLocaleString('en')} records: two to three minutes a million on an idle machine.`);
  const budgets = await fill(org, RECORDS, toIso(org.now));
  console.log(`${RECORDS.toLocaleString('en')} records filled in ${Math.round((performance.now() - began) / 1_000)} s`);
  const rows: Row[] = [];
  const screens = screensOf(org.now, budgets);
  const tell = progress(screens.length);
  for (const screen of screens) {
    rows.push(await rowOf(org, screen));
    console.log(rows.at(-1));
    tell();
  }
  finish(rows);
});
