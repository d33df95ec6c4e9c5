import type { APIRequestContext } from '@playwright/test';
import type { BurnUpOut } from '@/lib/budget/burn-up/schema';
import type { OverviewOut } from '@/lib/insight/overview/schema';
import { formatMoney, formatMoneyRange } from '@/lib/kernel/format-money';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

type Budget = { id: string; current: { actualNanoUsd: string; chargedNanoUsd: string } };

const record = (workload: string, n: number) => ({
  eventId: `${workload}-${n}`,
  occurredAt: `2026-11-${String(2 + (n % 22)).padStart(2, '0')}T09:${String(n % 60).padStart(2, '0')}:00Z`,
  ...{ workload, provider: 'openai', model: 'gpt-4o', units: { input: 40_000 + n * 13, output: 4_000 }, customer: 'acme' },
});

/** A workload with three weeks of calls, and a budget over it. */
async function aBudget(api: APIRequestContext, workload: string, amount: string): Promise<Budget> {
  const records = Array.from({ length: 66 }, (_, n) => record(workload, n));
  expect(await (await api.post('/api/v1/usage', { data: { records } })).json()).toMatchObject({ accepted: 66 });
  const data = { name: workload, scope: { workload }, period: 'month', amount, mode: 'enforce' };
  return (await (await api.post('/api/v1/budgets', { data })).json()) as Budget;
}

test('the figures of a budget on Overview are the API’s, and each says how it is made', async ({ page, api }) => {
  const budget = await aBudget(api, 'overview-figures', '60.00');
  await signIn(page);
  await page.goto(`/?budget=${budget.id}`);
  const spent = formatMoney(budget.current.actualNanoUsd, { style: 'tile' });
  await page.getByRole('button', { name: `Spend so far: ${spent}. How it is made` }).click();
  const dialog = page.getByRole('dialog', { name: `Spend so far ${spent}` });
  await expect(dialog).toContainText('Σ rows with a known cost');
  await expect(dialog).toContainText('66');
  await expect(dialog).toContainText('genai-prices@');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: /The period ends at/ })).toBeVisible();
  await expectGood(page);
});

test('the picture’s table and the budget it shows are in the address', async ({ page, api }) => {
  const budget = await aBudget(api, 'overview-address', '50.00');
  await signIn(page);
  await page.goto(`/?budget=${budget.id}&view=table`);
  const table = page.getByRole('table').filter({ hasText: 'Tue 24 Nov' }).first();
  await expect(table).toBeVisible();
  await page.getByRole('navigation', { name: 'Budget in the picture' }).getByRole('link').first().click();
  await expect(page).not.toHaveURL(new RegExp(budget.id));
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(budget.id));
});

/** Ten weeks of calls, fewer at weekends, and a budget of November over them: enough for a forecast with its band. */
async function aForecast(api: APIRequestContext, workload: string, amount: string): Promise<Budget> {
  const records = Array.from({ length: 280 }, (_, n) => {
    const at = new Date(Date.UTC(2026, 8, 16 + (n >> 2), 6 + (n % 4)));
    const isWeekend = at.getUTCDay() % 6 === 0;
    return {
      ...{ eventId: `${workload}-${n}`, occurredAt: at.toISOString(), workload, provider: 'openai', model: 'gpt-4o' },
      units: { input: (isWeekend ? 25_000 : 100_000) + (n % 5) * 5_000, output: 4_000 },
    };
  });
  expect(await (await api.post('/api/v1/usage', { data: { records } })).json()).toMatchObject({ accepted: 280 });
  const data = { name: workload, scope: { workload }, period: 'month', amount, mode: 'enforce' };
  return (await (await api.post('/api/v1/budgets', { data })).json()) as Budget;
}

test('the picture’s table is the API’s answer, forecast and band included', async ({ page, api }) => {
  const budget = await aForecast(api, 'overview-forecast', '31.00');
  const burnUp = (await (await api.get(`/api/v1/budgets/${budget.id}/burn-up`)).json()) as BurnUpOut;
  expect(burnUp.forecast).toMatchObject({ kind: 'band', track: { forecasts: 31 } });
  expect(budget.current).toMatchObject({ runwayAt: burnUp.crossing?.at, forecast: { earliestAt: burnUp.crossing?.earliest } });
  const { budgets } = (await (await api.get('/api/v1/overview')).json()) as OverviewOut;
  const end = burnUp.forecast?.points.at(-1);
  expect(budgets.find((each) => each.id === budget.id)?.forecast).toMatchObject({
    ...{ endNanoUsd: end?.medianNanoUsd, lowNanoUsd: end?.lowNanoUsd, highNanoUsd: end?.highNanoUsd },
  });
  await signIn(page);
  await page.goto(`/?budget=${budget.id}&view=table`);
  await expect(page.getByRole('heading', { name: /^Stops about \S+.\d+.Nov.* if nothing changes\.$/ })).toBeVisible({ timeout: 20_000 });
  const cells = await page
    .getByRole('table')
    .filter({ hasText: 'Expected, $' })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim()).slice(1, 5)));
  const money = (nano: string | null | undefined) => (nano == null ? '' : formatMoney(nano));
  expect(cells).toEqual([
    ...burnUp.points.map((point) => [money(point.actualNanoUsd), '', '', '']),
    ...(burnUp.forecast?.points ?? []).map((point) => ['', money(point.medianNanoUsd), money(point.lowNanoUsd), money(point.highNanoUsd)]),
  ]);
  await expectGood(page);
});

test('the forecast is walked by keyboard to its end, and says its band', async ({ page, api }) => {
  const budget = await aForecast(api, 'overview-walk', '60.00');
  const burnUp = (await (await api.get(`/api/v1/budgets/${budget.id}/burn-up`)).json()) as BurnUpOut;
  const end = burnUp.forecast?.points.at(-1);
  await signIn(page);
  await page.goto(`/?budget=${budget.id}`);
  const picture = page.getByRole('application', { name: /The period ends at/ });
  await picture.focus();
  await page.keyboard.press('End');
  const band = formatMoneyRange(end?.lowNanoUsd ?? '0', end?.highNanoUsd ?? '0');
  await expect(page.locator('[aria-live=polite]', { hasText: `80 % band ${band}` })).toBeAttached();
  await expect(page.getByRole('region', { name: /Five figures/ })).toContainText(`band ${band}`);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectGood(page);
});

test('a stop reaches an open Overview by itself, and nothing moves', async ({ page, api }) => {
  const budget = await aBudget(api, 'overview-stop', '70.00');
  await signIn(page);
  await page.goto(`/?budget=${budget.id}`);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  const tiles = page.getByRole('region', { name: /Five figures/ });
  const before = await tiles.boundingBox();
  await api.post(`/api/v1/budgets/${budget.id}/stop`, { data: { reason: 'Prompts loop' } });
  await expect(page.getByText('A person stopped it: “Prompts loop”')).toBeVisible({ timeout: 10_000 });
  await expect(tiles).toContainText(/stopped/);
  const after = await tiles.boundingBox();
  expect([after?.y, after?.height]).toEqual([before?.y, before?.height]);
  await expectGood(page);
});

test('a workload that is nobody’s yet is taken on from Overview', async ({ page, api }) => {
  await api.post('/api/v1/usage', { data: { records: Array.from({ length: 30 }, (_, n) => record('found-in-traffic', n)) } });
  await signIn(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Adopt found-in-traffic' }).click();
  await expect(page.getByRole('button', { name: 'Adopt found-in-traffic' })).toHaveCount(0);
  const workload = (await (await api.get('/api/v1/workloads/found-in-traffic')).json()) as { adoptedAt: string | null };
  expect(workload.adoptedAt).not.toBeNull();
});

test('Overview fits a phone', async ({ page, api }) => {
  await aBudget(api, 'overview-phone', '80.00');
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectGood(page);
});
