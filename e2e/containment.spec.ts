import type { APIRequestContext } from '@playwright/test';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

const FALLBACK = 'We cannot read pictures right now. Paste the text instead.';

/** A workload that asks first, with a feature and a message for its users. */
async function aWorkload(api: APIRequestContext, slug: string): Promise<void> {
  await api.post('/api/v1/workloads', { data: { slug, name: slug, fallback: { message: FALLBACK } } });
  await api.post(`/api/v1/workloads/${slug}/features`, { data: { slug: 'images' } });
  expect(await ask(api, slug, `${slug}-first`)).toMatchObject({ decision: 'allow' });
}

const ask = async (api: APIRequestContext, workload: string, idempotencyKey: string, feature?: string) =>
  (
    await api.post('/api/v1/authorize', {
      data: {
        workload,
        provider: 'openai',
        model: 'gpt-4o',
        maxUnits: { input: 10, output: 10 },
        idempotencyKey,
        ...(feature && { feature }),
      },
    })
  ).json();

test('a feature is switched off by its sheet, refuses with its message, and is taken back', async ({ page, api }) => {
  await aWorkload(api, 'picture-bot');
  await signIn(page);
  await page.goto('/containment');
  await page.getByRole('button', { name: 'picture-bot, 3 without feature: off' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText(FALLBACK)).toBeVisible();
  await sheet.getByRole('button', { name: 'Switch off for 2 h' }).click();
  await expect(sheet.getByText('Choose the feature to switch off.')).toBeVisible();
  await sheet.getByLabel('Feature').click();
  await page.getByRole('option', { name: 'images' }).click();
  await sheet.getByRole('button', { name: 'Cost spike' }).click();
  await sheet.getByRole('button', { name: 'Switch off for 2 h' }).click();
  await expect(sheet).toHaveCount(0);

  const row = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^picture-bot/ }) })
    .first();
  await expect(row.getByRole('button', { name: 'picture-bot, 3 without feature: in force, images' })).toBeVisible({ timeout: 15_000 });
  expect(await ask(api, 'picture-bot', 'with-pictures', 'images')).toMatchObject({
    decision: 'deny',
    reason: 'feature_disabled',
    fallback: { message: FALLBACK },
  });
  expect(await ask(api, 'picture-bot', 'without-pictures')).toMatchObject({ decision: 'allow', featuresOff: ['images'] });
  await row.getByRole('button', { name: 'picture-bot, 3 without feature: in force, images' }).click();
  await expect(row.getByText('“Cost spike”')).toBeVisible();
  await row.getByRole('button', { name: 'Undo' }).click();
  await expect(row.getByRole('button', { name: 'picture-bot, 3 without feature: off' })).toBeVisible();
  expect(await ask(api, 'picture-bot', 'pictures-again', 'images')).toMatchObject({ decision: 'allow' });
});

test('a prepared action waits for a yes, and bites after it', async ({ page, api }) => {
  await aWorkload(api, 'waiting-bot');
  const prepared = { kind: 'block', scope: { workload: 'waiting-bot' }, params: {}, reason: 'Only if it goes on', prepare: true };
  expect((await api.post('/api/v1/containment-actions', { data: prepared })).status()).toBe(201);
  expect(await ask(api, 'waiting-bot', 'before')).toMatchObject({ decision: 'allow' });
  await signIn(page);
  await page.goto('/containment');
  await page.getByRole('button', { name: 'waiting-bot, 4 stopped: prepared, no paid call' }).click();
  await page.getByRole('button', { name: 'Say yes' }).click();
  await expect(page.getByRole('button', { name: 'waiting-bot, 4 stopped: in force, no paid call' })).toBeVisible({ timeout: 15_000 });
  expect(await ask(api, 'waiting-bot', 'after')).toMatchObject({ decision: 'deny', reason: 'blocked', fallback: { message: FALLBACK } });
});

for (const width of [360, 1440])
  test(`Containment has no fault that axe finds, and nothing scrolls sideways: ${width} px`, async ({ page, api }) => {
    await aWorkload(api, `ladder-bot-${width}`);
    await page.setViewportSize({ width, height: 800 });
    await signIn(page);
    await page.goto('/containment');
    await page.getByRole('button', { name: new RegExp(`^ladder-bot-${width}, 4 stopped: off`) }).waitFor();
    await expectGood(page);
    await page.getByRole('button', { name: new RegExp(`^ladder-bot-${width}, 1 cheaper model: off`) }).click();
    await page.getByRole('dialog').waitFor();
    await expectGood(page);
  });
