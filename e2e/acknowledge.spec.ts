import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { linkTo } from './link';
import { DATA_DIR } from './setup';

/** Takes a critical workload past its stop. @returns the address of the newest link that somebody was sent */
async function aLink(api: import('@playwright/test').APIRequestContext, slug: string): Promise<string> {
  await api.post('/api/v1/workloads', { data: { slug, name: slug, criticality: 'critical' } });
  const made = await api.post('/api/v1/budgets', { data: { name: slug, scope: { workload: slug }, period: 'month', amount: '10.00' } });
  const { id } = (await made.json()) as { id: string };
  // 32 calls of $0.30: past 50, 80 and 95 %.
  const call = {
    occurredAt: '2026-11-24T10:00:00Z',
    workload: slug,
    provider: 'openai',
    model: 'gpt-4o',
    units: { input: 120_000, output: 0 },
  };
  const records = Array.from({ length: 32 }, (_, i) => ({ ...call, eventId: `${slug}-${i}` }));
  expect(await (await api.post('/api/v1/usage', { data: { records } })).json()).toMatchObject({ accepted: 32 });
  return `/a/${await linkTo(DATA_DIR, { budgetId: id })}`;
}

const PHONE = { viewport: { width: 360, height: 640 } };

test('on a phone, signed out and without any script, one button takes a breach; looking at it changes nothing', async ({
  api,
  browser,
  baseURL,
  request,
}) => {
  const address = await aLink(api, 'phone-bot');
  for (let i = 0; i < 3; i++) expect([(await request.get(address)).status(), (await request.head(address)).status()]).toEqual([200, 200]);
  const phone = await browser.newContext({ ...PHONE, javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await phone.newPage();
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^phone-bot stopped/);
  const button = page.getByRole('button', { name: 'Acknowledge' });
  await expect(button).toBeInViewport({ ratio: 1 });
  expect((await button.boundingBox())?.height).toBe(56);
  expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true);
  await page.getByLabel('Note').fill('Awake.');
  await button.click();
  await expect(page.getByRole('status')).toContainText('You have it.');
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await page.getByRole('button', { name: 'Keep stopped' }).click();
  await expect(page.getByText('Stays stopped')).toBeVisible();
  await page.getByRole('button', { name: /for a grant$/ }).click();
  await expect(page.getByText('Asked for a grant')).toBeVisible();
  await phone.close();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the page of a link has no fault that axe finds: ${colorScheme}`, async ({ api, page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(PHONE.viewport);
    const address = await aLink(api, `look-${colorScheme}`);
    await page.goto(address);
    await expectGood(page);
    await page.screenshot({ path: test.info().outputPath('before.png') });
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(page.getByRole('status')).toContainText('You have it.');
    await expectGood(page);
    await page.screenshot({ path: test.info().outputPath('after.png') });
    await page.goto('/a/nothing');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link opens nothing.');
  });
