import type { APIRequestContext, Page } from '@playwright/test';
import { formatMoney } from '@/lib/kernel/format-money';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

type Answer = {
  total: { actualNanoUsd: string; calls: number; points: { at: string; actualNanoUsd: string }[] };
  groups: { key: { model: string }; actualNanoUsd: string; calls: number; points: { actualNanoUsd: string }[] }[];
};

const MODELS = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1'];

/** Books calls of three models over four days for a workload that no other test has. */
async function book(api: APIRequestContext, workload: string): Promise<void> {
  const records = Array.from({ length: 24 }, (_, n) => ({
    eventId: `${workload}-${n}`,
    occurredAt: `2026-11-${21 + (n % 4)}T0${n % 8}:30:00Z`,
    workload,
    provider: 'openai',
    model: MODELS[n % 3],
    units: { input: 20_000 + n * 317, output: 4_000 + n * 41 },
    customer: n % 2 === 0 ? 'acme' : 'globex',
  }));
  const answer = await api.post('/api/v1/usage', { data: { records } });
  expect(await answer.json()).toMatchObject({ rejected: [] });
}

/** The query of what a page shows, as its file asks it. */
async function queryOf(page: Page): Promise<string> {
  const href = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
  return (href ?? '').split('?')[1] ?? '';
}

const answerOf = async (api: APIRequestContext, query: string): Promise<Answer> => (await api.get(`/api/v1/spend?${query}`)).json();

const cellsOf = (page: Page, caption: RegExp): Promise<string[][]> =>
  page
    .getByRole('table', { name: caption })
    .getByRole('row')
    .evaluateAll((rows) => rows.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.textContent ?? '')));

test('the table of the chart and the groups are the API’s answer to the same filter, to the last digit', async ({ page, api }) => {
  await book(api, 'twin');
  await signIn(page);
  await page.goto('/spend?where=workload:twin;customer:acme&table=true');
  await expect(page.getByRole('table', { name: /Spend by day/ })).toBeVisible();
  const { total, groups } = await answerOf(api, await queryOf(page));
  expect(total.calls).toBe(12);

  const [head = [], ...rows] = await cellsOf(page, /Spend by day/);
  const series = [...groups].sort((a, b) => (BigInt(a.actualNanoUsd) > BigInt(b.actualNanoUsd) ? -1 : 1));
  expect(head.slice(1, -2)).toEqual(series.map((group) => `${group.key.model}, $`));
  expect(rows).toHaveLength(total.points.length);
  rows.forEach((row, day) => {
    const figures = [...series.map((group) => group.points[day]?.actualNanoUsd), total.points[day]?.actualNanoUsd];
    expect(row.slice(1, -1)).toEqual(figures.map((nano) => formatMoney(nano ?? '0')));
  });
  expect(rows.at(-1)?.at(-1)).toBe('partial');

  const lines = await cellsOf(page, /^Spend by Model$/);
  expect(lines.slice(1, -1).map((line) => [line[0], line[1]])).toEqual(
    groups.map((group) => [group.key.model, formatMoney(group.actualNanoUsd)]),
  );
  expect(lines.at(-1)?.[1]).toBe(formatMoney(total.actualNanoUsd));
});

test('the file of a view, and the file of its records, add up to the figure on the screen', async ({ page, api }) => {
  await book(api, 'filed');
  await signIn(page);
  await page.goto('/spend?where=workload:filed');
  const query = await queryOf(page);
  const { total, groups } = await answerOf(api, query);
  const sumOf = (csv: string, column: string): bigint => {
    const [head = '', ...lines] = csv.trim().split('\n');
    // Texts of these records have no commas before the amount but in the quoted parts, which hold no amount.
    const at = head.trim().split(',').indexOf(column);
    return lines.reduce((sum, line) => sum + BigInt(line.replace(/"(?:[^"]|"")*"/g, '').split(',')[at] ?? 'none'), 0n);
  };
  expect(sumOf(await (await page.request.get(`/api/v1/spend.csv?${query}`)).text(), 'actual_nano_usd')).toBe(BigInt(total.actualNanoUsd));

  const dearest = groups[0];
  await page.getByRole('link', { name: `Records of ${dearest?.key.model}`, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    `${dearest?.calls} calls made ${formatMoney(dearest?.actualNanoUsd ?? '0')}`,
  );
  await expect(page.getByRole('table', { name: /Ledger rows/ }).getByRole('row')).toHaveCount((dearest?.calls ?? 0) + 1);
  const file = await page.getByRole('link', { name: 'Export all rows' }).getAttribute('href');
  expect(sumOf(await (await page.request.get(file ?? '')).text(), 'amount_nano_usd')).toBe(BigInt(dearest?.actualNanoUsd ?? '0'));
});

test('the address is the state: what is chosen can be sent, and back works', async ({ page, api }) => {
  await book(api, 'addressed');
  await signIn(page);
  await page.goto('/spend?where=workload:addressed');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('this month');
  await page.getByRole('combobox', { name: 'Range' }).click();
  await page.getByRole('option', { name: 'Yesterday' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('yesterday');
  await page.getByRole('switch', { name: 'Compare with the range before' }).click();
  await expect(page.getByRole('columnheader', { name: 'Before' })).toBeVisible();
  expect(new URL(page.url()).search).toContain('range=yesterday');
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Before' })).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/compare/);
  await expect(page.getByRole('columnheader', { name: 'Before' })).toHaveCount(0);
  await page.goBack();
  await expect(page).not.toHaveURL(/range=yesterday/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('this month');
  // And the way on from there is open.
  await page.getByRole('link', { name: 'Value', exact: true }).click();
  await expect(page).toHaveURL(/\/spend\/value/);
  await page.goBack();
  await expect(page.getByRole('combobox', { name: 'Range' })).toContainText('This month');
});

test('when figures cannot be read the old ones stay, with a way to try again', async ({ page, api }) => {
  await book(api, 'broken');
  await signIn(page);
  await page.goto('/spend?where=workload:broken');
  const before = await cellsOf(page, /^Spend by Model$/);
  await page.route('**/api/v1/spend?*', (route) => route.abort());
  await page.getByRole('combobox', { name: 'Range' }).click();
  await page.getByRole('option', { name: 'Today' }).click();
  await expect(page.getByText('Hardstop could not be reached')).toBeVisible();
  expect(await cellsOf(page, /^Spend by Model$/)).toEqual(before);
  await page.unroute('**/api/v1/spend?*');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('today');
});

for (const width of [360, 1440]) {
  test(`Spend has no fault that axe finds, and nothing scrolls sideways: ${width} px`, async ({ page, api }) => {
    await book(api, `seen-${width}`);
    await page.setViewportSize({ width, height: 800 });
    await signIn(page);
    for (const address of [`/spend?where=workload:seen-${width}&compare=true`, '/spend?range=last_quarter']) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectGood(page);
    }
  });
}
