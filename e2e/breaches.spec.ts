import type { APIRequestContext } from '@playwright/test';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

/** A budget whose stop somebody must answer for, spent up to it by one call. @returns the budget's id */
async function aBreach(api: APIRequestContext, slug: string): Promise<string> {
  await api.post('/api/v1/workloads', { data: { slug, name: slug, criticality: 'critical' } });
  const made = await api.post('/api/v1/budgets', { data: { name: slug, scope: { workload: slug }, period: 'month', amount: '10.00' } });
  expect(made.status(), await made.text()).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

/** Forty reported calls of $0.24 each on $10.00: past 50, 80 and 95 %. */
async function spendIt(api: APIRequestContext, workload: string): Promise<void> {
  const records = Array.from({ length: 40 }, (_, i) => ({
    ...{ eventId: `${workload}-${i}`, occurredAt: '2026-11-24T10:00:00Z', workload, provider: 'openai', model: 'gpt-4o' },
    units: { input: 96_000, output: 0 },
  }));
  const answer = await api.post('/api/v1/usage', { data: { records } });
  expect(await answer.json()).toMatchObject({ accepted: 40, rejected: [] });
}

test('a breach is on an open page within a second, is taken on a phone, and whoever comes second sees who has it', async ({
  page,
  api,
  browser,
  baseURL,
}) => {
  await aBreach(api, 'night-bot');
  await signIn(page);
  await page.goto('/breaches');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const begun = Date.now();
  await spendIt(api, 'night-bot');
  const link = page.getByRole('link', { name: /^night-bot stopped/ });
  await expect(link).toBeVisible({ timeout: 10_000 });
  test.info().annotations.push({ type: 'crossing to screen', description: `${Date.now() - begun} ms` });

  const phone = await browser.newContext({ viewport: { width: 360, height: 640 }, ...(baseURL && { baseURL }) });
  const held = await phone.newPage();
  await signIn(held, baseURL);
  await held.goto((await link.getAttribute('href')) ?? '');
  const button = held.getByRole('button', { name: 'Acknowledge' });
  await expect(button).toBeInViewport();
  await held.getByLabel('Note').fill('Looking at it.');
  await button.click();
  await expect(held.getByRole('status').filter({ hasText: 'has it: “Looking at it.”' })).toBeVisible();
  await phone.close();

  await link.click();
  await expect(page.getByRole('status').filter({ hasText: 'has it: “Looking at it.”' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0);
  await expect(page.getByText('has it: “Looking at it.”').last()).toBeVisible();
  await page.getByLabel('Add to the time line').fill('A retry loop.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText(/noted: “A retry loop\.”/)).toBeVisible();
});

for (const width of [360, 1440])
  test(`Breaches and one breach have no fault that axe finds, and nothing scrolls sideways: ${width} px`, async ({ page, api }) => {
    await aBreach(api, `axe-bot-${width}`);
    await spendIt(api, `axe-bot-${width}`);
    await page.setViewportSize({ width, height: 800 });
    await signIn(page);
    await page.goto('/breaches');
    const link = page.getByRole('link', { name: new RegExp(`^axe-bot-${width} stopped`) });
    await link.waitFor();
    await expectGood(page);
    await link.click();
    await page.getByRole('heading', { name: 'Time line' }).waitFor();
    await expectGood(page);
  });
