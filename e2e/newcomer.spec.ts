import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
// The newcomer's clock is the machine's: what they paste asks it for the time.
import { expect, test } from '@playwright/test';
import { aDataFolder, aRunningApp } from './app';

const GOAL_MS = 180_000;

/** The one command that the README gives for a first call. */
function commandOfReadme(): string {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../README.md'), 'utf8');
  const section = readme.split(/^## /m).find((part) => part.startsWith('First call\n')) ?? '';
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block as string);
  expect(blocks, 'the README has one command under "First call"').toHaveLength(1);
  return blocks[0] as string;
}

test('newcomer', async ({ page }, info) => {
  test.setTimeout(GOAL_MS + 60_000);
  const command = commandOfReadme();
  expect(command).toContain('http://localhost:3000/');
  const { folder, remove } = aDataFolder();
  const begun = performance.now();
  const app = await aRunningApp({ HARDSTOP_DATA_DIR: folder });
  const started = performance.now();

  await page.goto(app.url);
  await page.getByLabel('Name', { exact: true }).fill('Newcomers');
  await page.getByLabel('Your name').fill('Nora');
  await page.getByLabel('E-mail').fill('nora@newcomers.test');
  await page.getByLabel('Password').fill('every bill begins with one call');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByRole('link', { name: /Send a call/ }).click();
  await page.getByRole('button', { name: 'Make a key and the command' }).click();
  const shown = await page.getByRole('region', { name: 'Command that sends a first call' }).textContent();
  const key = /Bearer (hs_live_\w+)/.exec(shown ?? '')?.[1];
  expect(key, shown ?? '').toBeDefined();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing has come in yet' })).toBeVisible();

  // As in a terminal: the README's words, the key where it says, and this run's port.
  const pasted = command.replaceAll('http://localhost:3000', app.url);
  const env = { ...process.env, HARDSTOP_KEY: key };
  const { stdout } = await promisify(execFile)('sh', ['-c', pasted], { env });
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, rejected: [] });
  const received = page.getByRole('status').filter({ hasText: 'Received.' });
  await expect(received).toContainText('gpt-4o-mini, 955 tokens');
  await expect(received).toContainText('$0.0002076');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your first call is in. Next, give support-bot a budget.');

  const seconds = (from: number, to: number) => `${((to - from) / 1_000).toFixed(1)} s`;
  const seen = performance.now();
  info.annotations.push({ type: 'start to serving', description: seconds(begun, started) });
  info.annotations.push({ type: 'start to the first call on screen', description: seconds(begun, seen) });
  expect(seen - begun).toBeLessThan(GOAL_MS);
  app.signal('SIGINT');
  await app.ended;
  remove();
});
