import { expectGood } from './axe';
import { aColleague } from './colleague';
import { expect, test } from './fixtures';
import { signIn } from './session';

test.describe.configure({ timeout: 300_000 });

type Policy = { id: string; name: string; steps: { targets: string[]; minutesToAcknowledge: number }[]; acknowledgeExpiresMinutes: number };

test('a policy is made with its steps, named by a budget on its own page, changed, and ended with a yes', async ({ page, api }) => {
  const { id } = await (
    await api.post('/api/v1/budgets', { data: { name: 'answered', scope: { workload: 'answered' }, period: 'month', amount: '10.00' } })
  ).json();
  await signIn(page);
  await page.goto('/settings/escalation');
  await page.getByRole('button', { name: 'Make a policy' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make an escalation policy' });
  await dialog.getByRole('button', { name: 'Make the policy' }).click();
  await expect(dialog.getByText(/give it a name/i)).toBeVisible();
  await dialog.getByLabel('Name').fill('Night shift');
  await dialog.getByLabel('Minutes to answer before it climbs').fill('0');
  await dialog.getByRole('button', { name: 'Make the policy' }).click();
  await expect(dialog.getByText(/at least a minute/i)).toBeVisible();
  await dialog.getByLabel('Minutes to answer before it climbs').fill('5');
  await dialog.getByRole('button', { name: 'Add a step' }).click();
  await dialog.getByRole('button', { name: 'Do not tell Escalation owners in step 2' }).click();
  await dialog.getByRole('combobox', { name: 'Tell also, in step 2' }).fill('Adm');
  await page.getByRole('option', { name: 'Admins' }).click();
  await dialog.getByRole('button', { name: 'Make the policy' }).click();
  await expect(page.getByRole('heading', { name: /Night shift/ })).toBeVisible();
  const line = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /Night shift/ }) });
  await expect(line).toContainText(/no budget names it|0 budgets name it/);
  const { items } = (await (await api.get('/api/v1/escalation-policies')).json()) as { items: Policy[] };
  const made = items.find((each) => each.name === 'Night shift') as Policy;
  expect(made.steps.map((each) => [each.targets, each.minutesToAcknowledge])).toEqual([
    [['escalation_owner'], 5],
    [['admins'], 15],
  ]);

  await page.goto(`/budgets/${id}`);
  await page.getByRole('button', { name: 'Change who answers' }).click();
  await page.getByRole('combobox', { name: 'Who is told of a breach' }).click();
  await page.getByRole('option', { name: 'Night shift' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Night shift' })).toHaveAttribute('href', '/settings/escalation');
  expect((await (await api.get(`/api/v1/budgets/${id}`)).json()).escalationPolicyId).toBe(made.id);

  await page.getByRole('link', { name: 'Night shift' }).click();
  await expect(line).toContainText('1 budget names it');
  await expectGood(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectGood(page);
  await page.getByRole('button', { name: 'End Night shift' }).click();
  await expect(page.getByText('The budget that names it is answered by the default from now on.')).toBeVisible();
  await page.getByRole('button', { name: 'End the policy' }).click();
  await expect(page.getByRole('heading', { name: /Night shift/ })).toHaveCount(0);
});

test('whoever is away says who stands in, and every step that names them says so', async ({ browser, api, page, baseURL: url = '' }) => {
  const away = await aColleague({ browser, api, url }, { name: 'Emil Away', role: 'viewer', duties: ['escalation_owner'] });
  await aColleague({ browser, api, url }, { name: 'Dora Deputy', role: 'viewer' });
  await api.post('/api/v1/escalation-policies', {
    data: { name: 'With Emil', steps: [{ targets: [`member:${away.id}`], minutesToAcknowledge: 5 }] },
  });
  await away.page.goto('/settings/members#away');
  // What is typed before the page has come alive is not there afterwards.
  await expect(async () => {
    await away.page.getByLabel('Back on').fill('2026-11-20');
    await away.page.getByRole('button', { name: 'Save' }).click();
    await expect(away.page.getByText('This time is over. Say when you will be back, or leave it empty.')).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
  await away.page.getByLabel('Back on').fill('2026-11-28');
  await away.page.getByLabel('Who stands in for you').click();
  await away.page.getByRole('option', { name: 'Dora Deputy' }).click();
  await away.page.getByRole('button', { name: 'Save' }).click();
  await expect(away.page.locator('#away').getByText('away until Sat 28 Nov, Dora Deputy stands in')).toBeVisible();
  await expectGood(away.page);
  await signIn(page);
  await page.goto('/settings/escalation');
  await expect(page.getByText('Emil Away (away until Sat 28 Nov: Dora Deputy stands in): 5 minutes')).toBeVisible();
  await away.page.getByRole('button', { name: 'I am back' }).click();
  await expect(page.getByText('Emil Away: 5 minutes')).toBeVisible();
});
