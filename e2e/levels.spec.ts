import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';
import { press } from './story/people';

test('a level is told what to set off and whom to tell; what is wrong stands at its field, and nothing typed is lost', async ({
  page,
  api,
}) => {
  const workload = 'sets-off';
  const call = {
    occurredAt: '2026-11-20T08:00:00Z',
    workload,
    provider: 'openai',
    model: 'gpt-4o',
    units: { input: 40_000, output: 4_000 },
  };
  await api.post('/api/v1/usage', { data: { records: [{ ...call, eventId: workload }] } });
  const data = { name: workload, scope: { workload }, period: 'month', amount: '40.00', mode: 'enforce' };
  const { id } = (await (await api.post('/api/v1/budgets', { data })).json()) as { id: string };
  await signIn(page);
  await page.goto(`/budgets/${id}`);
  await press(page.getByRole('button', { name: 'Actions and people, contain 80 %' }), page.getByRole('button', { name: 'Add an action' }));
  const add = async (kind: string) => {
    await press(page.getByRole('button', { name: 'Add an action' }), page.getByRole('menuitem', { name: kind }));
    await page.getByRole('menuitem', { name: kind }).click();
  };
  await add('Cheaper model');
  await expect(page.getByLabel('Calls to, model')).toHaveValue('gpt-4o');
  await page.getByRole('button', { name: 'Save levels' }).click();
  await expect(page.getByText('Say which model.')).toBeVisible();
  await expect(page.getByLabel('Go to, model')).toBeFocused();
  await page.getByLabel('Go to, model').fill('claude-haiku-4-5');
  await page.getByLabel('Go to, provider').fill('anthropic');
  await add('Slower');
  await page.getByLabel('Calls a minute').fill('30');
  await page.getByRole('combobox', { name: 'Slower: by itself, or asks first' }).click();
  await page.getByRole('option', { name: 'Asks first' }).click();
  await page.getByRole('combobox', { name: 'Tell also, at contain 80 %' }).click();
  await page.getByRole('option', { name: 'ada', exact: true }).click();
  await page.getByRole('button', { name: 'Save levels' }).click();
  await expect(page.getByText('anthropic does not speak the wire format of openai. Route to a model of the same one.')).toBeVisible();
  await expect(page.getByLabel('Go to, provider')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Calls a minute')).toHaveValue('30');
  await expectGood(page);
  await page.getByLabel('Go to, provider').fill('openai');
  await page.getByLabel('Go to, model').fill('gpt-4o-mini');
  await expect(page.getByText('calls to gpt-4o go to gpt-4o-mini; waits for a yes: at most 30 calls a minute.')).toBeVisible();
  await page.getByRole('button', { name: 'Save levels' }).click();
  await expect(page.getByText('Levels saved.')).toBeVisible();
  const { thresholds } = (await (await api.get(`/api/v1/budgets/${id}`)).json()) as { thresholds: Record<string, unknown>[] };
  const [provider, from] = ['openai', 'gpt-4o'];
  expect(thresholds[1]).toMatchObject({
    kind: 'contain',
    actions: [
      { kind: 'route', mode: 'automatic', params: { from: { provider, model: from }, to: { provider, model: 'gpt-4o-mini' } } },
      { kind: 'rate_limit', mode: 'ask', params: { callsPerMinute: 30 } },
    ],
    tell: ['budget_owner', 'escalation_owner', expect.stringMatching(/^member:/)],
  });
});
