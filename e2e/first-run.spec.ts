import { expectGood } from './axe';
import { expect, test } from './fixtures';

test.describe.configure({ timeout: 120_000 });
test.use({ ownVariables: {} });

const PASSWORD = 'a long way up the analytical hill';

/** The parts of a command as a terminal would send it. */
function partsOf(command: string): { url: string; key: string; body: string } {
  const [, url = ''] = /^curl (\S+)/.exec(command) ?? [];
  const [, key = ''] = /Bearer (\S+)"/.exec(command) ?? [];
  const [, body = ''] = /-d '([\s\S]*)'/.exec(command) ?? [];
  return { url, key, body };
}

test('a newcomer sets up, sends a call, sees it arrive, and gives it a budget', async ({ page, ownApp }) => {
  await page.goto(`${ownApp.url}/budgets`);
  await expect(page).toHaveURL(`${ownApp.url}/setup`);
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/Enter an e-mail address/);
  await expectGood(page);

  await page.getByLabel('Name', { exact: true }).fill('Acme');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Lisbon');
  await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill('ada@acme.test');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Amount a month').fill('2000');
  await page.getByRole('button', { name: 'Set up' }).click();

  await expect(page).toHaveURL(`${ownApp.url}/start`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing has come in yet: send one call, or open the sample.');
  await page.getByRole('button', { name: 'Make a key and the command' }).click();
  const { url, key, body } = partsOf((await page.getByLabel('Command that sends a first call').textContent()) ?? '');
  expect(url).toBe(`${ownApp.url}/api/v1/usage`);
  await expectGood(page);
  const sent = await page.request.post(url, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    data: body,
  });
  expect(await sent.json()).toMatchObject({ accepted: 1 });
  await expect(page.getByText('gpt-4o-mini, 955 tokens, $0.00021.')).toBeVisible({ timeout: 3_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your first call is in. Next, give support-bot a budget.');

  await expect(page.getByRole('heading', { name: 'Next: a budget for support-bot, $200.00 a month' })).toBeVisible();
  await page.getByRole('button', { name: 'Make this budget' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Guarded: 4 of 6. Left: enforce, second admin.');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectGood(page);
});

test('set-up is one form, once', async ({ page, ownApp }) => {
  const all = { organisation: { name: 'Acme' }, admin: { email: 'ada@acme.test', name: 'Ada', password: PASSWORD } };
  expect((await page.request.post(`${ownApp.url}/api/v1/setup`, { data: all })).status()).toBe(201);
  await page.goto(`${ownApp.url}/setup`);
  await expect(page).toHaveURL(/\/sign-in/);
});
