import { expect } from '@playwright/test';
import type { BreachDetailOut } from '@/lib/breach/schema';
import type { BudgetOut } from '@/lib/budget/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import type { ReportOut } from '@/lib/recovery/report/report';
import { LIMIT } from './before';
import { mailTo, read, type Story } from './cast';
import { acts, press } from './people';
import { type Ids, planOf } from './recovery';
import { onDay, sumOf } from './sums';

/** Bo signs the days off, the check list is done, Olu closes: everyone who was told is told, and the report is right to the nano-dollar. */
export async function closes(story: Story, { breachId, stopped }: Ids & { stopped: BudgetOut }): Promise<void> {
  const { app, programs, people, mailbox } = story;
  const { page } = people.owner;
  await page.goto(`/breaches/${breachId}`);
  await expect(async () => {
    if (await page.getByText('6 more after it.').isVisible()) await page.getByRole('button', { name: /^Sign off / }).click();
    await expect(page.getByText('5 more after it.')).toBeVisible({ timeout: 5_000 });
  }).toPass();
  const plan = await planOf(story, breachId);
  for (const date of plan.unsigned) await acts(people.owner, 'POST', `/recovery-plans/${plan.id}/days/${date}/sign-off`, {});
  for (const { id } of plan.checks) await acts(people.owner, 'PATCH', `/recovery-plans/${plan.id}/checks/${id}`, { done: true });
  const { page: olu } = people.operator;
  await olu.goto(`/breaches/${breachId}`);
  await press(olu.getByRole('button', { name: 'Close the breach…' }), olu.getByLabel('What it was, and what changes'));
  await olu.getByLabel('What it was, and what changes').fill('A retry loop. Retries are capped now.');
  await olu.getByRole('button', { name: 'Close and write the report' }).click();
  await expect(olu.getByRole('link', { name: 'Report', exact: true })).toBeVisible();

  expect(await read<BreachDetailOut>(app.api, `/breaches/${breachId}`)).toMatchObject({ phase: 'closed' });
  for (const told of [people.owner, people.escalation]) await mailTo(mailbox, told, /support-bot: the breach is closed/);

  const report = await read<ReportOut>(app.api, `/recovery-plans/${plan.id}/report`);
  const then = BigInt(stopped.current.chargedNanoUsd);
  const all = sumOf(programs.calls);
  const days = [25, 26, 27, 28, 29, 30].map((day) => `2026-11-${day}`).concat('2026-12-01');
  const since = days.reduce((sum, date) => sum + sumOf(onDay(programs.calls, date)), 0n);
  expect(report).toMatchObject({
    ...{ isFinal: true, closedBy: 'Olu', summary: 'A retry loop. Retries are capped now.' },
    ...{ cause: 'A retry loop after release 4.18.', correctiveAction: 'Retries are capped at 3.', refusedCalls: programs.refused },
    cost: {
      ...{ chargedThenNanoUsd: String(then), chargedNowNanoUsd: String(all), spentSinceNanoUsd: String(since) },
      excessNanoUsd: String(then - LIMIT),
    },
  });
  expect(report.days.map(({ date, actualNanoUsd }) => [date, actualNanoUsd])).toEqual(
    days.map((date) => [date, String(sumOf(onDay(programs.calls, date)))]),
  );
  const text = await (await app.api.get(`/api/v1/recovery-plans/${plan.id}/report.md`)).text();
  for (const nano of [then, all, since, then - LIMIT]) expect(text).toContain(formatMoney(String(nano)));
}
