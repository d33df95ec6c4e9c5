import { expectGood } from './axe';
import { aColleague } from './colleague';
import { expect, test } from './fixtures';

test.describe.configure({ timeout: 300_000 });

type Budget = { id: string; current: { grantedNanoUsd: string; stopId: string | null } };

test('a grant is asked for by one person, approved by another on their own screen, and ends as what was spent of it', async ({
  browser,
  api,
  baseURL: url = '',
}) => {
  const asking = { workload: 'granted', provider: 'openai', model: 'gpt-4o' };
  await api.post('/api/v1/usage', {
    data: {
      records: [
        ...Array.from({ length: 38 }, (_, n) => ({ n, units: { input: 80_000, output: 5_000 } })).map(({ n, units }) => ({
          ...{ eventId: `granted-${n}`, occurredAt: '2026-11-20T08:00:00Z', ...asking, feature: 'chat', units },
        })),
      ],
    },
  });
  const owner = await aColleague({ browser, api, url }, { name: 'Olga Owner', role: 'viewer', duties: ['budget_owner'] });
  const data = { name: 'granted', scope: { workload: 'granted' }, period: 'month', amount: '10.00', mode: 'enforce', ownerId: owner.id };
  const { id } = (await (await api.post('/api/v1/budgets', { data })).json()) as Budget;
  const read = async (): Promise<Budget> => (await api.get(`/api/v1/budgets/${id}`)).json();
  expect((await read()).current.stopId).not.toBeNull();
  const escalation = await aColleague({ browser, api, url }, { name: 'Emil Escalation', role: 'viewer', duties: ['escalation_owner'] });
  const finance = await aColleague({ browser, api, url }, { name: 'Fatma Finance', role: 'analyst' });

  const { page } = escalation;
  await page.goto(`/budgets/${id}`);
  const panel = page.locator('#grants');
  await panel.getByRole('button', { name: 'Ask…' }).click();
  const form = page.getByRole('dialog', { name: 'Ask for a grant out of granted' });
  await form.getByLabel('Amount').fill('0.60');
  await form.getByRole('button', { name: 'Ask for it' }).click();
  await expect(form.getByText(/say why in a sentence/i)).toBeVisible();
  await form.getByLabel('Reason').fill('The demo at noon');
  await form.getByRole('button', { name: 'Ask for it' }).click();
  // The sentence at the field is the API's own.
  const ask = { amount: '0.60', reason: 'x', expiresAt: '2026-11-30T00:00:00Z' };
  const refused = (await (await api.post(`/api/v1/budgets/${id}/grants`, { data: ask })).json()) as { errors: { detail: string }[] };
  await expect(form.getByText(refused.errors[0]?.detail ?? 'no fault')).toBeVisible();
  await expect(form.getByLabel('Amount')).toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('Amount').fill('0.30');
  await form.getByRole('button', { name: 'Only some calls' }).click();
  await form.getByLabel('Dimension').click();
  await page.getByRole('option', { name: 'Feature' }).click();
  await form.getByLabel('Value of feature').fill('chat');
  await expect(form.getByText('Only calls of feature chat may spend it; others see the limit without it.')).toBeVisible();
  await form.getByRole('button', { name: 'Ask for it' }).click();
  await expect(panel.getByText('You asked for it, so somebody else approves it.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Approve…' })).toHaveCount(0);
  expect((await read()).current.grantedNanoUsd).toBe('0');

  // The second person finds it in the bell, and their yes opens it on the first one's screen too.
  await finance.page.goto('/');
  await finance.page
    .getByRole('button', { name: /Notices|need/ })
    .first()
    .click();
  await finance.page.getByRole('link', { name: /A grant of \$0\.30 out of granted waits/ }).click();
  await expect(finance.page).toHaveURL(new RegExp(`/budgets/${id}#grants`));
  await finance.page.locator('#grants').getByRole('button', { name: 'Approve…' }).click();
  await expect(finance.page.getByText('calls of feature chat may spend up to $0.30 past the stop level.')).toBeVisible();
  await finance.page.getByRole('button', { name: 'Approve the grant' }).click();
  await expect(panel.getByText('Fatma Finance approved')).toBeVisible({ timeout: 10_000 });
  await expect(panel).toContainText('$0.20 of the reserve left');
  expect((await read()).current.grantedNanoUsd).toBe('300000000');

  await owner.page.goto(`/budgets/${id}`);
  await owner.page.locator('#grants').getByRole('button', { name: 'End…' }).click();
  await owner.page.getByLabel('Why').fill('The demo is over');
  await owner.page.getByRole('button', { name: 'End the grant' }).click();
  await expect(owner.page.getByText('Olga Owner ended it')).toBeVisible();
  await expect(owner.page.locator('#grants')).toContainText('$0.00 of $0.30 was spent.');
  await owner.page.setViewportSize({ width: 360, height: 740 });
  await expectGood(owner.page);
});

test('whoever may approve a grant may decline it, with a reason that stays', async ({ browser, api, baseURL: url = '' }) => {
  const data = { name: 'declined', scope: { workload: 'declined' }, period: 'month', amount: '10.00', mode: 'enforce' };
  const { id } = (await (await api.post('/api/v1/budgets', { data })).json()) as Budget;
  const ask = { amount: '0.10', reason: 'A try', expiresAt: '2026-11-26T00:00:00Z' };
  expect((await api.post(`/api/v1/budgets/${id}/grants`, { data: ask })).status()).toBe(201);
  const { page } = await aColleague({ browser, api, url }, { name: 'Frida Finance', role: 'analyst' });
  await page.goto(`/budgets/${id}`);
  // Whoever may do nothing sees the state and no button.
  const viewer = await aColleague({ browser, api, url }, { name: 'Vera Viewer', role: 'viewer' });
  await viewer.page.goto(`/budgets/${id}`);
  await expect(viewer.page.locator('#grants')).toContainText('waits for approval');
  await expect(viewer.page.locator('#grants').getByRole('button')).toHaveCount(0);
  await page.locator('#grants').getByRole('button', { name: 'Decline…' }).click();
  await page.getByLabel('Why').fill('Wait for December');
  await page.getByRole('button', { name: 'Decline it' }).click();
  await expect(page.locator('#grants').getByText('declined', { exact: true })).toBeVisible();
  await expect(page.locator('#grants')).toContainText('Frida Finance ended it');
  await expect(page.locator('#grants')).toContainText('“Wait for December”');
});
