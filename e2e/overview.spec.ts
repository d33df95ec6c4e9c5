import type { APIRequestContext } from '@playwright/test';
import { formatMoney } from '@/lib/kernel/format-money';
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
  await expect(page.getByRole('heading', { name: /the period ends at/ })).toBeVisible();
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
  await expect(heading).toContainText(/stopped/);
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
