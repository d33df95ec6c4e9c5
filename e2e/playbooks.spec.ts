import type { PlaybookOut } from '@/lib/playbook/schema';
import { markdownOf } from '@/lib/playbook/text';
import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { signIn } from './session';

/** A Markdown line as it reads. */
const plain = (line: string): string =>
  line
    .replace(/^(#+|- \[.\]|\d+\.)\s+/, '')
    .replaceAll('**', '')
    .replace(/^\*(.*)\*$/, '$1')
    .trim();
const words = (text: string): string => text.replace(/\s+/g, ' ');

test('copy is what is on screen', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page);
  for (const address of ['/playbooks/budget-hard-stop', '/playbooks/security-controls-review', '/guides/budget-hard-stop']) {
    await page.goto(address);
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect(page.getByText('Copied')).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    // biome-ignore lint/performance/useDomNodeTextContent: what is seen, not what is there
    const shown = words(await page.locator('main').innerText());
    const lines = copied
      .split('\n')
      .map(plain)
      .filter((line) => line !== '' && !/^Check list: /.test(line));
    expect(lines.length).toBeGreaterThan(30);
    for (const line of lines) expect(shown).toContain(words(line));
    const ticked = copied.split('- [x]').length - 1;
    expect(await page.getByText(': done', { exact: true }).count()).toBe(ticked);
  }
});

test('a playbook ticks itself, and by hand with who and what shows it', async ({ page, api }) => {
  await signIn(page);
  await page.goto('/playbooks');
  await expectGood(page);
  await page.getByRole('link', { name: 'AI budget hard-stop controls' }).click();
  const drill = page.getByRole('checkbox', { name: 'A stop was drilled in the last quarter' });
  await expect(drill).not.toBeChecked();
  await drill.click();
  await expect(page.getByText(/^Done, says /)).toBeVisible();
  await page.getByRole('button', { name: 'Evidence, risk and owner of A stop was drilled' }).click();
  await page.getByRole('textbox', { name: /^Evidence/ }).fill('Minutes of 20 November');
  await page.getByLabel('Close it by').fill('2026-12-24');
  await expectGood(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Evidence: Minutes of 20 November')).toBeVisible();
  await page.getByRole('button', { name: 'Gone through it' }).click();
  await expect(page.getByText(/went through it; due again on/)).toBeVisible();
  await expectGood(page);
  const playbook = (await (await api.get('/api/v1/playbooks/budget-hard-stop')).json()) as PlaybookOut;
  expect(playbook.steps.find((each) => each.id === 'drill')).toMatchObject({
    done: true,
    evidence: 'Minutes of 20 November',
    dueOn: '2026-12-24',
  });
  expect(await (await api.get('/api/v1/playbooks/budget-hard-stop/check-list')).text()).toBe(markdownOf(playbook));
});

test('a guide is for anyone, and leads on', async ({ page }) => {
  await page.goto('/guides');
  await expectGood(page);
  await page.getByRole('link', { name: 'AI security controls review' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('AI security controls review');
  await expectGood(page);
  await page.getByRole('link', { name: 'AI budget hard-stop controls' }).click();
  await expect(page).toHaveURL(/\/guides\/budget-hard-stop$/);
  const robots = await (await page.request.get('/robots.txt')).text();
  expect(robots).toContain('Allow: /guides');
  expect(await (await page.request.get('/sitemap.xml')).text()).toContain('/guides/budget-hard-stop');
});

test('the brief is written from live data, saved in versions, and made into a dashboard', async ({ page, api }) => {
  const record = { eventId: 'briefed-1', occurredAt: '2026-11-23T08:00:00Z', workload: 'briefed', provider: 'openai', model: 'gpt-4o' };
  await api.post('/api/v1/usage', { data: { records: [{ ...record, units: { input: 40_000, output: 4_000 } }] } });
  await api.patch('/api/v1/workloads/briefed', { data: { adopted: true } });
  await signIn(page);
  await page.goto('/playbooks/brief');
  await expect(page.getByText('Nobody answers for briefed.', { exact: true })).toBeVisible();
  await expectGood(page);
  await page.getByRole('button', { name: 'Edit…' }).click();
  await page.getByLabel('Brief, in Markdown').fill('# Ours\n\nAnd what we decided.');
  await expectGood(page);
  await page.getByRole('button', { name: 'Save version' }).click();
  await expect(page.getByText(/^Version 1, /)).toBeVisible();
  await page.getByRole('button', { name: 'Generate dashboard…' }).click();
  await expect(page.getByText('10.00 USD a month: notify 50 %, contain 80 %, stop 95 %').first()).toBeVisible();
  await expectGood(page);
  await page.getByRole('button', { name: /^Make \d+$/ }).click();
  await expect(page).toHaveURL(/\/budgets$/);
  await expect(page.getByRole('link', { name: 'briefed' }).first()).toBeVisible();
  await page.goto('/playbooks/audit');
  await expect(page.getByText('briefed: tell what came of its calls')).toBeVisible();
  await expectGood(page);
});
