import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { formatMoney } from '@/lib/kernel/format-money';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import { columnSum } from '@/lib/testing/read-csv';
import { hasRealHour, type RecordedCall, realHour } from '@/lib/testing/real-hour';
import { askDatabase } from './database';
import { expect, type OwnApp, test } from './fixtures';
import { signIn } from './session';
import { FIRST_NOW } from './setup';

test.setTimeout(180_000);

const REQUESTS = 4;
const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z';

/** Every third call is of the dear model. */
const modelOf = ({ row }: RecordedCall): 'gpt-4o' | 'gpt-4o-mini' => (row % 3 === 0 ? 'gpt-4o' : 'gpt-4o-mini');

/** Nano-dollars for one token, as the providers' price lists have it: $2.50 and $10, $0.15 and $0.60 for a million. */
const PRICES = { 'gpt-4o': { input: 2_500n, output: 10_000n }, 'gpt-4o-mini': { input: 150n, output: 600n } };

/** What the hour cost, added up here and nowhere else. */
const costOf = (calls: RecordedCall[]): bigint =>
  calls.reduce((sum, call) => {
    const { input, output } = PRICES[modelOf(call)];
    return sum + BigInt(call.input) * input + BigInt(call.output) * output;
  }, 0n);

const record = (call: RecordedCall) => ({
  ...{ eventId: `azure-${call.row}`, occurredAt: toIso(call.at), workload: 'chat', provider: 'openai', model: modelOf(call) },
  units: { input: call.input, output: call.output },
});

/** Sends the hour as NDJSON, gzip. @returns what the answers say together */
async function replay({ api }: OwnApp, calls: RecordedCall[]) {
  const said = { accepted: 0, duplicates: 0, rejected: 0, unpriced: 0 };
  const size = Math.ceil(calls.length / REQUESTS);
  for (let i = 0; i < REQUESTS; i++) {
    const lines = calls.slice(i * size, (i + 1) * size).map((call) => JSON.stringify(record(call)));
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    const answer = await api.post('/api/v1/usage', { headers, data: gzipSync(lines.join('\n')) });
    expect(answer.status(), await answer.text()).toBe(200);
    const { accepted, duplicates, rejected, unpriced } = await answer.json();
    said.accepted += accepted;
    said.duplicates += duplicates;
    said.rejected += rejected.length;
    said.unpriced += unpriced;
  }
  return said;
}

/** A figure on a screen as it is written, and to its last digit where it explains itself. */
async function figureOf(page: Page, label: string): Promise<{ written: string; exact: string }> {
  const figure = page.getByRole('button', { name: new RegExp(`^${label}: .*How it is made`) }).first();
  const written = ((await figure.textContent()) ?? '').trim();
  await figure.click();
  const exact = page.getByRole('dialog').locator('dl > div', { hasText: 'to the last digit' }).locator('dd');
  await expect(exact).toBeVisible();
  const text = (await exact.textContent()) ?? '';
  await page.keyboard.press('Escape');
  return { written, exact: text };
}

/** The same total by every way of reading it. */
async function expectTotal(app: OwnApp, page: Page, budgets: string[], calls: number, total: bigint): Promise<void> {
  const ask = async (path: string) => (await app.api.get(path)).json();
  for (const id of budgets)
    expect((await ask(`/api/v1/budgets/${id}`)).current).toMatchObject({
      actualNanoUsd: String(total),
      chargedNanoUsd: String(total),
      calls,
    });
  expect((await ask(`/api/v1/spend?${RANGE}`)).total).toMatchObject({ actualNanoUsd: String(total), calls, unpricedCalls: 0 });
  expect((await ask(`/api/v1/spend?${RANGE}&groupBy=model&granularity=day`)).total.actualNanoUsd).toBe(String(total));
  const file = async (path: string) => (await app.api.get(path)).text();
  expect(columnSum(await file(`/api/v1/spend.csv?${RANGE}&groupBy=workload,model`), 'actual_nano_usd')).toBe(total);
  const rows = await file(`/api/v1/usage.csv?${RANGE}`);
  expect(columnSum(rows, 'amount_nano_usd')).toBe(total);
  expect(rows.trimEnd().split('\n')).toHaveLength(calls + 1);
  const { rows: sums } = await askDatabase(app.folder, 'SELECT sum(amount_nano)::text AS nano, sum(calls)::int AS calls FROM ledger_entry');
  expect(sums).toEqual([{ nano: String(total), calls }]);

  const exact = formatMoney(total, { style: 'exact' });
  for (const [address, label] of [['/', 'Spend so far'], ...budgets.map((id) => [`/budgets/${id}`, 'Actual'] as const)] as const) {
    await page.goto(app.url + address);
    const shown = await figureOf(page, label);
    expect(shown.exact, `${label} on ${address}`).toBe(exact);
    const forms = (['tile', 'table', 'exact'] as const).map((style) => formatMoney(total, { style }));
    expect(forms, `${label} on ${address}`).toContain(shown.written);
  }
  await page.goto(`${app.url}/spend`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(formatMoney(total));
}

const leftOut = (name: string) => console.log(`${name}: left out, the recording (azure-llm-2023-conversation.csv) is not on this machine.`);

(hasRealHour ? test : leftOut)('replays a real hour', async ({ ownApp: app, page }) => {
  const calls = realHour(parseInstant(FIRST_NOW) as Instant);
  const total = costOf(calls);
  expect(calls).toHaveLength(19_366);
  const budget = { name: 'Chat', scope: { workload: 'chat' }, period: 'month', amount: '500.00' };
  const { id } = await (await app.api.post('/api/v1/budgets', { data: budget })).json();
  const { items } = await (await app.api.get('/api/v1/budgets')).json();
  const everything = items.find((each: { kind: string }) => each.kind === 'everything').id as string;

  expect(await replay(app, calls)).toEqual({ accepted: calls.length, duplicates: 0, rejected: 0, unpriced: 0 });
  await signIn(page, app.url);
  await expectTotal(app, page, [everything, id], calls.length, total);

  expect(await replay(app, calls)).toEqual({ accepted: 0, duplicates: calls.length, rejected: 0, unpriced: 0 });
  await expectTotal(app, page, [everything, id], calls.length, total);
});
