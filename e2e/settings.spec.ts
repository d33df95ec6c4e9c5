import type { Page } from '@playwright/test';
import { expectGood } from './axe';
import { anOwnApp, expect, type OwnApp, test } from './fixtures';
import { INIT } from './setup';

// One organisation for all, each test at another part of it, one after the other.
test.describe.configure({ mode: 'serial' });
let ownApp: OwnApp;
let end = async () => {};
test.beforeAll(async () => {
  ({ app: ownApp, end } = await anOwnApp());
});
test.afterAll(() => end());

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Signs in on an app of the test's own and comes out at a path. */
async function enter(page: Page, url: string, path: string): Promise<void> {
  await page.goto(url + path);
  await page.getByLabel('E-mail').fill(INIT.HARDSTOP_INIT_OWNER_EMAIL);
  await page.getByLabel('Password').fill(INIT.HARDSTOP_INIT_OWNER_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(url + path);
}

test('of two who change the organisation at once, the second is told', async ({ page, browser }) => {
  const other = await (await browser.newContext()).newPage();
  await enter(page, ownApp.url, '/settings');
  await enter(other, ownApp.url, '/settings');
  await page.getByLabel('Name', { exact: true }).fill('Acme Germany');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Nothing is changed.')).toBeVisible();
  await other.getByLabel('Name', { exact: true }).fill('Acme France');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('Someone else saved first.')).toBeVisible();
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('Acme France');
  await expectGood(other);
  await other.getByRole('button', { name: 'Load theirs' }).click();
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('Acme Germany');
  await other.context().close();
});

test('a key is made, works, and is revoked; the log says so and is whole', async ({ page }) => {
  await enter(page, ownApp.url, '/settings/keys');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await expect(dialog.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Name').fill('reader');
  await dialog.getByRole('checkbox', { name: /Read what a viewer sees/ }).click();
  await dialog.getByLabel('Models it may call').fill('gpt-4o-mini');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await expect(dialog.getByText('Write each as provider/model, with commas between.')).toBeVisible();
  await dialog.getByLabel('Models it may call').fill('openai/gpt-4o-mini');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const secret = (await dialog.getByLabel('Secret of the key').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  const ask = () => page.request.get(`${ownApp.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask()).status()).toBe(200);

  await expect(page.getByRole('row', { name: /reader/ })).toContainText('openai/gpt-4o-mini');
  await page.getByRole('button', { name: 'Revoke reader' }).click();
  await expect(page.getByText('It cannot be undone')).toBeVisible();
  await page.getByRole('button', { name: 'Revoke it for good' }).click();
  await expect(page.getByRole('button', { name: 'Revoke reader' })).toHaveCount(0);
  await expect.poll(async () => (await ask()).status()).toBe(401);

  await page.goto(`${ownApp.url}/settings/log?subject=api_key`);
  await expect(page.getByRole('row', { name: /Key revoked/ })).toContainText('reader');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByText(/computed again, none changed, none missing/)).toBeVisible();
  await expectGood(page);
});

test('someone is invited, given a duty, and taken back', async ({ page }) => {
  await enter(page, ownApp.url, '/settings/members');
  await expect(heading(page)).toHaveText('The only member is the only admin: nobody can stand in.');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill('grace@acme.test');
  await dialog.getByLabel('Name').fill('Grace');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(dialog.getByLabel('Link to join')).toContainText('/join/');
  await dialog.getByRole('button', { name: 'I have sent it' }).click();
  await expect(heading(page)).toContainText('1 invitation open.');
  await page.getByRole('button', { name: 'Change Grace' }).click();
  await dialog.getByRole('checkbox', { name: /Escalation owner/ }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Grace/ })).toContainText('Escalation owner');
  await page.getByRole('button', { name: 'Take back the invitation of Grace' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('row', { name: /Grace/ })).toContainText('left');
});

test('a price is found in the catalogue, set over it, and ended', async ({ page }) => {
  await enter(page, ownApp.url, '/settings/prices');
  await page.getByLabel('Model').fill('gpt-4o-mini');
  await page.getByRole('button', { name: 'Search the catalogue' }).click();
  await expect(page.getByRole('row', { name: /openai · gpt-4o-mini output.*\$0\.60/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Set a price' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Provider' }).fill('openai');
  await dialog.getByRole('textbox', { name: 'Model' }).fill('gpt-4o-mini');
  await dialog.getByRole('textbox', { name: 'Dollars a million' }).first().fill('0.12');
  await dialog.getByRole('button', { name: 'Set it' }).click();
  await expect(heading(page)).toHaveText(/^1 price is set over the catalogue genai-prices@/);
  await page.getByRole('button', { name: 'End the price of input of gpt-4o-mini' }).click();
  await page.getByRole('button', { name: 'End this price' }).click();
  await expect(heading(page)).toHaveText(/none is set over it\.$/);
});

test('a provider gets a key, which is not shown again, and one of your own is added and ended', async ({ page }) => {
  await enter(page, ownApp.url, '/settings/providers');
  await expect(heading(page)).toHaveText('No provider has a key: calls through the gateway bring their own.');
  await page.getByRole('button', { name: 'Add a key for openai' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Key', { exact: true }).fill('short');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('the key as the provider shows it')).toBeVisible();
  await dialog.getByLabel('Key', { exact: true }).fill('sk-secret-of-a-provider-9876');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(heading(page)).toHaveText('The gateway calls openai with a kept key; anthropic has none.');
  await expect(page.getByText('ends in 9876')).toBeVisible();
  expect(await page.content()).not.toContain('secret-of-a-provider');

  await page.getByRole('button', { name: 'Add a provider' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('vllm');
  await dialog.getByLabel('Address').fill('http://127.0.0.1:8000/v1');
  await dialog.getByRole('button', { name: 'Add the provider' }).click();
  await expect(dialog.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
  await expectGood(page);
  await dialog.getByLabel('Address').fill('https://models.example.com/v1');
  await dialog.getByRole('button', { name: 'Add the provider' }).click();
  await expect(page.getByText('https://models.example.com/v1')).toBeVisible();
  await page.getByRole('button', { name: 'End vllm' }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('https://models.example.com/v1')).toHaveCount(0);
});
