import type { BreachDetailOut } from '@/lib/breach/schema';
import type { BudgetOut } from '@/lib/budget/schema';
import { expect } from './fixtures';
import { beforeTheStop, routedAndSlowed, runsIntoItsStop, setsLevels } from './story/before';
import { mailOf, mailTo, read, type Story, test, theCast, WORKLOAD } from './story/cast';
import { closes } from './story/closing';
import { givesRoom, recovers } from './story/recovery';
import { sumOf } from './story/sums';

test.describe.configure({ timeout: 420_000 });

/** The budget, and its breach. */
const theBudget = ({ app }: Story, id: string) => read<BudgetOut>(app.api, `/budgets/${id}`);

test('the story', async ({ browser, ownApp, mailbox }) => {
  const { step } = test;
  const story = await step('invite', () => theCast(browser, ownApp, mailbox));
  const { api } = ownApp;
  const { programs, people, waker } = story;
  const budgetId = await step('levels', () => setsLevels(story));

  await step('pricing', async () => {
    await beforeTheStop(story);
    const rows = await read<{ items: { eventId: string; amountNanoUsd: string; basis: string }[] }>(
      api,
      `/usage?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&workload=${WORKLOAD}&limit=500`,
    );
    const sent = programs.calls.filter((each) => each.at.startsWith('2026-11-24'));
    expect(rows.items).toHaveLength(sent.length);
    for (const { eventId, amountNanoUsd, basis } of rows.items)
      expect([basis, amountNanoUsd]).toEqual(['priced', String(sent.find((each) => each.eventId === eventId)?.nano)]);
  });

  await step('rollup', async () => {
    const sum = sumOf(programs.calls);
    const { total } = await read<{ total: { actualNanoUsd: string; calls: number } }>(
      api,
      `/spend?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&workload=${WORKLOAD}&groupBy=model`,
    );
    expect(total).toMatchObject({ actualNanoUsd: String(sum), calls: programs.calls.length });
    const { page } = people.finance;
    await page.goto(`/spend?where=workload:${WORKLOAD}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  await step('action', () => routedAndSlowed(story));
  await step('stop', () => runsIntoItsStop(story, budgetId));

  const breachId = await step('notice', async () => {
    await mailTo(mailbox, people.owner, /support-bot stopped/);
    expect(mailOf(mailbox, people.escalation)).toEqual([]);
    const { items } = await read<{ items: BreachDetailOut[] }>(api, `/breaches?budgetId=${budgetId}`);
    expect(items).toMatchObject([{ phase: 'contained', answeredAt: null }]);
    return (items[0] as BreachDetailOut).id;
  });

  const link = await step('climb', async () => {
    ownApp.moveClock('2026-11-24T10:46:30Z');
    await waker.run('climb');
    const text = await mailTo(mailbox, people.escalation, /support-bot stopped/);
    return /Acknowledge: (\S+)/.exec(text)?.[1] ?? '';
  });

  await step('acknowledge', async () => {
    const phone = await browser.newPage({ viewport: { width: 360, height: 640 } });
    expect((await phone.goto(link))?.status()).toBe(200);
    expect((await read<BreachDetailOut>(api, `/breaches/${breachId}`)).answeredAt).toBeNull();
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText(/^support-bot stopped/);
    await phone.getByLabel('Note').fill('Awake.');
    await phone.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(phone.getByRole('status')).toContainText('You have it.');
    await phone.close();
    expect(await read<BreachDetailOut>(api, `/breaches/${breachId}`)).toMatchObject({ answeredByName: 'Eve', answerNote: 'Awake.' });
    // The next step's time passes: the climb has ended.
    ownApp.moveClock('2026-11-24T11:10:00Z');
    await waker.run('climb');
    expect(await read<BreachDetailOut>(api, `/breaches/${breachId}`)).toMatchObject({ answeredByName: 'Eve', climb: { nextAt: null } });
  });

  const stopped = await theBudget(story, budgetId);
  await givesRoom(story, { budgetId, breachId });
  await recovers(story, { budgetId, breachId });
  await step('report', () => closes(story, { budgetId, breachId, stopped }));
  await waker.close();
});
