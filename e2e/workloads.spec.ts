import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

test.describe.configure({ timeout: 300_000 });

test('what a workload lacks stands in the list and on its page, each with the link that closes it', async ({ page, api }) => {
  await api.post('/api/v1/workloads', { data: { slug: 'loose', name: 'loose' } });
  await signIn(page);
  await page.goto('/workloads');
  await page.getByRole('button', { name: /^loose is guarded \d of 9: what is missing$/ }).click();
  const missing = page.getByRole('dialog', { name: /^loose: \d missing$/ });
  await expect(missing.getByText('Its users are told nothing when it is refused.')).toBeVisible();
  await missing.getByRole('link', { name: /^Write it ?: Fallback$/ }).click();
  await expect(page).toHaveURL('/workloads/loose#what');
  const guard = page.locator('#guard');
  await expect(guard.getByRole('link', { name: /^Make one ?: Budget$/ })).toHaveAttribute('href', '/budgets/new?workload=loose');
  const before = await guard.getByRole('heading', { name: /^Guarded: \d of 9$/ }).textContent();
  await page.getByLabel('What its users read when it is refused').fill('Try again after Monday.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(guard.getByRole('link', { name: /^Write it ?: Fallback$/ })).toHaveCount(0);
  await expect(guard.getByRole('heading', { name: /^Guarded: \d of 9$/ })).not.toHaveText(before ?? '');
  await expectGood(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/workloads');
  await expectGood(page);
});

test('a feature says whether it is on, and what holds it off, as it happens', async ({ page, api }) => {
  await api.post('/api/v1/workloads', { data: { slug: 'featured', name: 'featured' } });
  await api.post('/api/v1/workloads/featured/features', { data: { slug: 'images' } });
  await signIn(page);
  await page.goto('/workloads/featured');
  const line = page.getByRole('listitem').filter({ hasText: /^images/ });
  await expect(line.getByText('on', { exact: true })).toBeVisible();
  const off = { kind: 'disable_feature', scope: { workload: 'featured' }, params: { feature: 'images' }, reason: 'Images loop' };
  const made = (await (await api.post('/api/v1/containment-actions', { data: off })).json()) as { id: string };
  await expect(line.getByText('off', { exact: true })).toBeVisible();
  await expect(line).toContainText('“Images loop”');
  await expect(line.getByRole('link', { name: 'Containment' })).toHaveAttribute('href', '/containment');
  await api.delete(`/api/v1/containment-actions/${made.id}?reason=mended`);
  await expect(line.getByText('on', { exact: true })).toBeVisible();
});
