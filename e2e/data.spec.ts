import type { APIRequestContext } from '@playwright/test';
import { expect, test } from './fixtures';
import { signIn } from './session';

const call = (eventId: string, more: Record<string, unknown> = {}) => ({
  ...{ eventId, occurredAt: '2026-11-24T09:00:00Z', workload: 'data-page', provider: 'openai', model: 'gpt-4o' },
  units: { input: 1_000_000, output: 1_000_000 },
  ...more,
});

const send = (api: APIRequestContext, records: unknown[]) => api.post('/api/v1/usage', { data: { records } });

test('calls without a price are priced by hand: seen first, then done, to the nano-dollar', async ({ page, api }) => {
  await send(api, [call('unp-1', { model: 'nobody-knows-1' }), call('unp-2', { model: 'nobody-knows-1' })]);
  await signIn(page);
  await page.goto('/data');
  await page.getByRole('button', { name: 'Add price for nobody-knows-1' }).click();
  const sheet = page.getByRole('dialog', { name: 'Price nobody-knows-1' });
  await sheet.getByRole('button', { name: 'See what it does' }).click();
  await expect(sheet.getByText('Enter dollars for a million of them').first()).toBeVisible();
  await sheet.getByLabel('A million input tokens').fill('0.15');
  await sheet.getByLabel('A million output tokens').fill('0.600000001');
  await sheet.getByRole('button', { name: 'See what it does' }).click();
  await expect(sheet.getByText('2 calls would cost $1.50 together.')).toBeVisible();
  const query = 'from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&model=nobody-knows-1';
  const totalNow = async () => (await (await api.get(`/api/v1/spend?${query}`)).json()).total;
  expect(await totalNow()).toMatchObject({ actualNanoUsd: '0', unpricedCalls: 2 });
  await sheet.getByRole('button', { name: 'Price 2 calls' }).click();
  await expect(page.getByText('2 calls priced')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add price for nobody-knows-1' })).toHaveCount(0);
  expect(await totalNow()).toMatchObject({ actualNanoUsd: '1500000002', unpricedCalls: 0, calls: 2 });
});

test('a rejected record is found by its fault, and shown as it came', async ({ page, api }) => {
  await send(api, [call('rej-1', { units: { input: 1, output: -4 } }), call('rej-2', { occurredAt: '2024-01-01T00:00:00Z' })]);
  await signIn(page);
  await page.goto('/data');
  await page.getByRole('button', { name: /usage\.negative_units/ }).click();
  await expect(page).toHaveURL(/rejected=usage\.negative_units/);
  const table = page.getByRole('table', { name: 'Rejected records, newest first' });
  await expect(table.getByText('rej-2')).toHaveCount(0);
  await table.getByRole('button', { name: 'Look at rej-1 as it came' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('/units/output')).toBeVisible();
  await expect(sheet.getByText('"output": -4')).toBeVisible();
});

test('what a second source says differently adds no money, and is said', async ({ page, api }) => {
  const responseId = 'chatcmpl-twice';
  const units = { input: 1_000, output: 1_000 };
  await send(api, [call('one', { responseId, units }), call('two', { responseId, units: { ...units, output: 2_000 } })]);
  await signIn(page);
  await page.goto('/data');
  await expect(page.getByRole('row', { name: /chatcmpl-twice/ })).toContainText('+ $0.01');
});

test('the ledger is proved on demand', async ({ page, api }) => {
  await send(api, [call('prf-1', { units: { input: 10, output: 10 } })]);
  await signIn(page);
  await page.goto('/data');
  await page.getByRole('button', { name: 'Prove now' }).click();
  await expect(page.getByRole('heading', { name: 'Every total equals the ledger' })).toBeVisible();
});

test('a workload is adopted and given a team, and who was late is told', async ({ page, api }) => {
  await send(api, [call('wld-1', { workload: 'to-adopt', units: { input: 10, output: 10 } })]);
  await signIn(page);
  await page.goto('/workloads');
  await page.getByRole('link', { name: 'to-adopt' }).click();
  await page.getByRole('button', { name: 'Adopt to-adopt' }).click();
  await expect(page.getByText('to-adopt is adopted: give it')).toBeVisible();
  await page.getByLabel('Team').fill('care');
  await api.patch('/api/v1/workloads/to-adopt', { data: { costCentre: '4711' } });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Someone else has changed this meanwhile')).toBeVisible();
  await page.getByRole('button', { name: 'Read it again' }).click();
  await expect(page.getByLabel('Cost centre')).toHaveValue('4711');
  await page.getByLabel('Team').fill('care');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('to-adopt is saved.')).toBeVisible();
  expect(await (await api.get('/api/v1/workloads/to-adopt')).json()).toMatchObject({ team: 'care', costCentre: '4711' });
});
