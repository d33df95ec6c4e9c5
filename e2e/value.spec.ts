import type { ValueOut } from '@/lib/value/schema';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

const PRICES = { 'gpt-4o': 360, 'gpt-4o-mini': 270 } as const;

test('targets are set, and a split that the evidence advises is proposed to the owner', async ({ page, api }) => {
  const records = Object.entries(PRICES).flatMap(([model, successes]) =>
    Array.from({ length: model === 'gpt-4o' ? 400 : 300 }, (_, n) => ({
      eventId: `value-${model}-${n}`,
      occurredAt: `2026-11-${String(10 + (n % 14)).padStart(2, '0')}T08:00:00Z`,
      ...{ workload: 'valued', feature: 'chat', provider: 'openai', model, units: { input: 4_000, output: 400 } },
      outcome: n < successes ? 'success' : 'failure',
    })),
  );
  await api.post('/api/v1/usage', { data: { records: records.slice(0, 400) } });
  await api.post('/api/v1/usage', { data: { records: records.slice(400) } });
  await api.patch('/api/v1/workloads/valued', { data: { adopted: true } });
  await signIn(page);
  await page.goto('/spend/value');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('less in 30 days');
  await expectGood(page);
  await page.getByRole('button', { name: 'Targets of valued' }).first().click();
  await page.getByLabel('Quality at least, per cent').fill('80');
  await page.getByLabel('Cost per success at most').fill('0.02');
  await page.getByLabel('Review on').fill('2026-12-24');
  await expectGood(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('review on 2026-12-24')).toBeVisible();
  await page.getByRole('button', { name: 'Propose to the owner' }).click();
  await expect(page.getByText(/^Promised .*; measured \$0\.00, as it has not begun\.$/)).toBeVisible();
  await expectGood(page);
  const { proposals, kpis } = (await (await api.get('/api/v1/value')).json()) as ValueOut;
  expect(proposals).toMatchObject([{ state: 'prepared', from: 'gpt-4o', to: 'gpt-4o-mini' }]);
  expect(kpis.find((each) => each.workload === 'valued' && each.quality.target !== null)).toMatchObject({
    quality: { target: 0.8 },
    costPerSuccess: { target: '20000000' },
  });
});
