import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { INIT } from './setup';

test.describe.configure({ timeout: 180_000 });
test.use({ ownVariables: { ...INIT, HARDSTOP_EGRESS_ALLOW: '127.0.0.0/8' } });

/** A receiver of webhooks that answers as it is told. */
async function aReceiver(): Promise<{ url: string; got: http.IncomingHttpHeaders[]; answer: { status: number }; close(): void }> {
  const got: http.IncomingHttpHeaders[] = [];
  const answer = { status: 200 };
  const server = http.createServer((request, response) => {
    got.push(request.headers);
    response.writeHead(answer.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got, answer, close: () => void server.close() };
}

async function enter(page: Page, url: string, path: string): Promise<void> {
  await page.goto(url + path);
  await page.getByLabel('E-mail').fill(INIT.HARDSTOP_INIT_OWNER_EMAIL);
  await page.getByLabel('Password').fill(INIT.HARDSTOP_INIT_OWNER_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(url + path);
}

test('a channel is added and tested; when its receiver is gone, another screen hears of it at once', async ({ page, browser, ownApp }) => {
  const receiver = await aReceiver();
  await enter(page, ownApp.url, '/settings/channels');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No channel leads outside: people are told in the app alone.');
  await expectGood(page);
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add the channel' }).click();
  await expect(dialog.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Name').fill('Platform on call');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
  await expectGood(page);
  await dialog.getByRole('button', { name: 'Add the channel' }).click();
  await expect(dialog.getByLabel('Signing secret')).toContainText('whsec_');
  await dialog.getByRole('button', { name: 'I have kept it' }).click();

  await page.getByRole('button', { name: 'Send a test by Platform on call' }).click();
  await expect(page.getByRole('table', { name: 'Channels' }).getByText('arrived')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One channel takes notices, and everything sent has arrived.');
  expect(receiver.got).toHaveLength(1);
  expect(receiver.got[0]?.['webhook-signature']).toMatch(/^v1,/);
  await expectGood(page);

  // Another screen of the same person, open somewhere else.
  const other = await (await browser.newContext()).newPage();
  await enter(other, ownApp.url, '/settings');
  await expect(other.getByRole('button', { name: 'Notices', exact: true }).first()).toBeVisible();
  receiver.answer.status = 410;
  await page.getByRole('button', { name: 'Send a test by Platform on call' }).click();
  await expect(other.getByRole('button', { name: 'Notices, 1 not seen' }).first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Channels' }).getByText('switched off')).toBeVisible();
  await other.getByRole('button', { name: 'Notices, 1 not seen' }).first().click();
  await expect(other.getByRole('dialog').getByText('The channel "Platform on call" was switched off')).toBeVisible();
  await expectGood(other, '[role=dialog]');
  // Seen on one screen is seen on all.
  await expect(page.getByRole('button', { name: 'Notices', exact: true }).first()).toBeVisible();

  receiver.answer.status = 200;
  await page.getByRole('button', { name: 'Switch Platform on call on' }).click();
  // A channel that is still off would give the notice up again.
  await expect(page.getByRole('table', { name: 'Channels' }).getByText('switched off')).toHaveCount(0);
  await page
    .getByRole('button', { name: /^Send again/ })
    .first()
    .click();
  await expect(page.getByRole('table', { name: 'Notices' }).getByText('given up')).toHaveCount(0);
  await page.getByRole('button', { name: 'End Platform on call' }).click();
  await page.getByRole('button', { name: 'End it for good' }).click();
  await expect(page.getByText('No channel leads outside yet.')).toBeVisible();
  await other.context().close();
  receiver.close();
});
