import type { APIRequestContext } from '@playwright/test';
import type { BurnUpOut } from '@/lib/budget/burn-up/schema';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

type Budget = { id: string; etag: string; mode: string; thresholds: { kind: string; at: number }[]; current: { stopId: string | null } };

const one = async (api: APIRequestContext, id: string): Promise<Budget> => (await api.get(`/api/v1/budgets/${id}`)).json();

/** A budget over a workload of its own that has spent a few dollars. */
async function aBudget(api: APIRequestContext, workload: string, more: Record<string, unknown> = {}): Promise<Budget> {
  const records = Array.from({ length: 40 }, (_, n) => ({
    eventId: `${workload}-${n}`,
    occurredAt: `2026-11-${String(10 + (n % 14)).padStart(2, '0')}T08:00:00Z`,
    ...{ workload, provider: 'openai', model: 'gpt-4o', units: { input: 40_000, output: 4_000 } },
  }));
  await api.post('/api/v1/usage', { data: { records } });
  const data = { name: workload, scope: { workload }, period: 'month', amount: '40.00', mode: 'enforce', ...more };
  return (await (await api.post('/api/v1/budgets', { data })).json()) as Budget;
}

test('a budget is made from a form whose faults stand at their fields', async ({ page, api }) => {
  await api.post('/api/v1/usage', {
    data: {
      records: [
        {
          eventId: 'made-1',
          occurredAt: '2026-11-20T08:00:00Z',
          workload: 'made',
          provider: 'openai',
          model: 'gpt-4o',
          units: { input: 9, output: 9 },
        },
      ],
    },
  });
  await signIn(page);
  await page.goto('/budgets/new');
  await page.getByRole('button', { name: 'Only some calls' }).click();
  await page.getByLabel('Value of workload').fill('made');
  await expect(page.getByText('Covers calls of workload made.')).toBeVisible();
  await expect(page.getByRole('radio', { name: /Observe, proposed/ })).toBeChecked();
  await page.getByLabel('Name').fill('Made here');
  await page.getByRole('button', { name: 'Make it, and observe' }).click();
  await expect(page.getByText(/A decimal number that is not negative/)).toBeVisible();
  await page.getByLabel('Amount').fill('500');
  await expect(page.getByText('Stop at $475.00 charged: it would refuse, and only records it.')).toBeVisible();
  await expectGood(page);
  await page.getByRole('button', { name: 'Make it, and observe' }).click();
  await expect(page).toHaveURL(/\/budgets\/bud_/);
  expect((await one(api, page.url().split('/').at(-1) ?? '')).mode).toBe('observe');
});

test('levels say what they will do while they are typed, and are saved whole', async ({ page, api }) => {
  const { id } = await aBudget(api, 'levels');
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  await page.getByLabel('Level, per cent of the amount, contain').fill('65');
  await expect(page.getByText('at $26.00 charged: no action is set, so nothing is slowed.')).toBeVisible();
  await expect(page.getByText('was contain 80 %')).toBeVisible();
  await page.getByRole('button', { name: 'Add a level' }).click();
  await expect(page.getByText('2 unsaved changes')).toBeVisible();
  await expectGood(page);
  await page.getByRole('button', { name: 'Save levels' }).click();
  await expect(page.getByText('Levels saved.')).toBeVisible();
  expect((await one(api, id)).thresholds.map(({ kind, at }) => [kind, at])).toEqual([
    ['notify', 0.5],
    ['contain', 0.65],
    ['notify', 0.7],
    ['stop', 0.95],
  ]);
});

test('leases are given and taken away on the budget’s page', async ({ page, api }) => {
  const { id } = await aBudget(api, 'leased');
  const leases = async () => ((await one(api, id)) as Budget & { leases: boolean }).leases;
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  await expect(page.getByText('none: every call is asked for')).toBeVisible();
  await page.getByRole('button', { name: 'Change leases' }).click();
  await page.getByRole('radio', { name: /Given/ }).check();
  await expectGood(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('leased gives leases.')).toBeVisible();
  await expect(page.getByText('given, a second of spend at a time')).toBeVisible();
  await expect(page.getByText('Leases none → given')).toBeVisible();
  expect(await leases()).toBe(true);
});

test('two people edit at once: the second is told, and sees both', async ({ page, api }) => {
  const { id, etag } = await aBudget(api, 'twice');
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  // What is typed before the page has come to life is lost: type until the form has heard it.
  await expect(async () => {
    await page.getByLabel('Level, per cent of the amount, contain').fill('65');
    await expect(page.getByText('was contain 80 %')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const items = [
    { at: 0.6, kind: 'contain' },
    { at: 0.9, kind: 'stop' },
  ];
  await api.put(`/api/v1/budgets/${id}/thresholds`, { data: { items }, headers: { 'if-match': etag } });
  const told = 'Someone changed this a moment ago. Review. Theirs: contain 60 %, stop 90 %; yours stand below.';
  await expect(page.getByText(told)).toBeVisible({ timeout: 10_000 });
  await expect(page.getByRole('button', { name: 'Save levels' })).toBeDisabled();
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(page.getByLabel('Level, per cent of the amount, contain')).toHaveValue('60');
});

test('a change that raises a stop names it and asks first', async ({ page, api }) => {
  const { id } = await aBudget(api, 'raises');
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  await page.getByLabel('Level, per cent of the amount, notify').fill('1');
  await page.getByLabel('Level, per cent of the amount, contain').fill('2');
  await page.getByLabel('Level, per cent of the amount, stop').fill('3');
  await page.getByRole('button', { name: 'Save levels' }).click();
  const dialog = page.getByRole('dialog', { name: 'This raises a stop' });
  await expect(dialog).toContainText('This raises the stop of "raises" at once');
  expect((await one(api, id)).current.stopId).toBeNull();
  await dialog.getByRole('button', { name: 'Save, and stop now' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('raises is stopped');

  await page.getByRole('button', { name: 'Lift the stop…' }).click();
  await page.getByLabel('Why').fill('Let it run');
  await page.getByRole('button', { name: 'Lift the stop', exact: true }).click();
  await expect(page.getByText('"raises" has no room')).toBeVisible();
});

test('a person stops a budget by hand, and lifts the stop with a reason that stays', async ({ page, api }) => {
  const { id } = await aBudget(api, 'by-hand');
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  await page.getByRole('button', { name: 'Stop by hand…' }).click();
  await page.getByLabel('Reason').fill('Prompts loop');
  await page.getByRole('button', { name: 'Stop now' }).click();
  await expect(page.getByText('a person stopped it: “Prompts loop”. It stays until someone lifts it.')).toBeVisible();
  await page.getByRole('button', { name: 'Lift the stop…' }).click();
  await page.getByLabel('Why').fill('The prompt is mended');
  await page.getByRole('button', { name: 'Lift the stop', exact: true }).click();
  await expect(page.getByText('The stop of by-hand is lifted: calls pass again.')).toBeVisible();
  await expect(page.getByText('“The prompt is mended”')).toBeVisible();
  expect((await one(api, id)).current.stopId).toBeNull();
});

test('budgets are found by scope, on a phone too', async ({ page, api }) => {
  await aBudget(api, 'found-by-scope', { mode: 'observe' });
  await signIn(page);
  await page.goto('/budgets?show=observing');
  await page.getByLabel('Find a budget').fill('found-by');
  await expect(page).toHaveURL(/q=found-by/);
  await expect(page.getByRole('link', { name: 'found-by-scope' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Everything' })).toHaveCount(0);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectGood(page);
});

test('a budget with less than 14 days of data says its run rate, without a band', async ({ page, api }) => {
  const records = Array.from({ length: 6 }, (_, n) => ({
    ...{ eventId: `young-${n}`, occurredAt: `2026-11-${18 + n}T08:00:00Z`, workload: 'young', provider: 'openai', model: 'gpt-4o' },
    units: { input: 100_000, output: 4_000 },
  }));
  await api.post('/api/v1/usage', { data: { records } });
  const data = { name: 'young', scope: { workload: 'young' }, period: 'month', amount: '4.00', mode: 'enforce' };
  const { id } = (await (await api.post('/api/v1/budgets', { data })).json()) as Budget;
  const burnUp = (await (await api.get(`/api/v1/budgets/${id}/burn-up`)).json()) as BurnUpOut;
  expect(burnUp.forecast).toMatchObject({ kind: 'run_rate', track: null, points: expect.arrayContaining([]) });
  expect(burnUp.forecast?.points.every((point) => point.lowNanoUsd === null)).toBe(true);
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  await expect(page.getByRole('heading', { name: /^At the rate of \d days the period ends at/ })).toBeVisible();
  await expect(page.getByText(/without a band, which takes 14 whole days/)).toBeVisible();
  await expectGood(page);
});
