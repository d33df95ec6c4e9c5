import { expect } from '@playwright/test';
import type { BreachDetailOut } from '@/lib/breach/schema';
import type { PlanOut } from '@/lib/recovery/schema';
import { read, type Story, test } from './cast';
import { acts, asks, press } from './people';
import { onDay, sumOf } from './sums';

export type Ids = { budgetId: string; breachId: string };

const DOLLAR = 1_000_000_000n;
/** From the 24th of November to the end of the quarter, both counted. */
const DAYS_LEFT = 38n;

export async function planOf({ app }: Story, breachId: string): Promise<PlanOut> {
  const { planId } = await read<BreachDetailOut>(app.api, `/breaches/${breachId}`);
  return read<PlanOut>(app.api, `/recovery-plans/${planId}`);
}

/** Olu records the cause and says where the money comes from; Fay raises the amount. Before that nothing resumes. */
export async function givesRoom(story: Story, { budgetId, breachId }: Ids): Promise<void> {
  const { programs, people } = story;
  const { page } = people.operator;
  const { id } = await planOf(story, breachId);
  const early = async () => {
    const response = await asks(people.operator, 'POST', `/recovery-plans/${id}/resume`, { percent: 1, why: 'Now.' });
    const { code, errors } = (await response.json()) as { code: string; errors: { code: string }[] };
    return [response.status(), code, ...errors.map((each) => each.code)];
  };
  await test.step('resume gate', async () => expect(await early()).toEqual([409, 'stop.no_room']));
  await test.step('money', async () => {
    const { page: fay } = people.finance;
    await fay.goto(`/budgets/${budgetId}`);
    await press(fay.getByRole('button', { name: 'Change…' }), fay.getByLabel('New amount'));
    await fay.getByLabel('New amount').fill('2000.00');
    await fay.getByRole('button', { name: 'Change from now' }).click();
    await expect(fay.getByText('The amount is 2000.00 USD from now.')).toBeVisible();
    expect(await early()).toEqual([409, 'stop.gate_closed', 'gate.cause', 'gate.corrective_action', 'gate.money']);

    await page.goto(`/breaches/${breachId}`);
    await expect(async () => {
      await page.getByRole('radio', { name: /Raise the amount/ }).click();
      await page.getByRole('button', { name: 'Answer' }).click({ timeout: 1_000 });
    }).toPass();
    await page.getByRole('textbox', { name: 'Cause' }).fill('A retry loop after release 4.18.');
    await page.getByRole('textbox', { name: 'Corrective action' }).fill('Retries are capped at 3.');
    await page.getByRole('button', { name: 'Record' }).click();
    await expect(page.getByText('by Olu', { exact: true })).toBeVisible();
    const target = (1_900n * DOLLAR - sumOf(programs.calls)) / DAYS_LEFT;
    expect(await planOf(story, breachId)).toMatchObject({ room: 'raise', targetNanoUsdPerDay: String(target), phase: 'planned' });
  });
  await test.step('resume gate', async () => {
    expect(await programs.ask({ input: 100, output: 100 })).toMatchObject({ decision: 'deny', reason: 'stopped' });
    programs.refused++;
    await resumesOnScreen(story, breachId, 1);
    const plan = await planOf(story, breachId);
    const allowance = BigInt(plan.targetNanoUsdPerDay ?? 0) / 2_400n;
    expect(plan).toMatchObject({ phase: 'resuming', stagePercent: 1, stopId: null, hourlyNanoUsd: String(allowance) });
    // Containment is taken back in reverse: slower first, then the model.
    for (const kind of ['rate_limit', 'route']) await undoes(story, kind);
    const at = '2026-11-24T11:10:00Z';
    const small = await programs.ask({ input: 400, output: 200 });
    expect(small).toMatchObject({ decision: 'allow', model: 'gpt-4o' });
    await programs.settle(small, { input: 397, output: 193 }, at);
    const large = await programs.ask({ input: 8_000, output: 2_000 });
    expect(large).toMatchObject({ decision: 'deny', reason: 'resuming' });
    programs.refused++;
  });
}

/** A person's yes, where a step needs one. */
async function resumesOnScreen({ people }: Story, breachId: string, percent: number): Promise<void> {
  const { page } = people.operator;
  await page.goto(`/breaches/${breachId}`);
  const button = page.getByRole('button', { name: `Resume at ${percent} %…` });
  await expect(button).toBeEnabled();
  await press(button, page.getByLabel('Why now'));
  await page.getByLabel('Why now').fill('Retries are capped.');
  await page.getByRole('button', { name: `Resume at ${percent} %`, exact: true }).click();
  await expect(page.getByLabel('Why now')).toHaveCount(0);
}

async function undoes({ people }: Story, kind: string): Promise<void> {
  const { items } = await read<{ items: { id: string }[] }>(people.operator.page.request, `/containment-actions?state=open&kind=${kind}`);
  for (const { id } of items) await acts(people.operator, 'DELETE', `/containment-actions/${id}?reason=It%20is%20mended`);
}

/** A quiet program reports every four hours, and asks now and then. */
async function reports({ programs }: Story, date: string, hours: number[]): Promise<void> {
  const at = (hour: number) => `${date}T${String(hour).padStart(2, '0')}:30:00Z`;
  await programs.report(hours.map((hour) => ({ at: at(hour), units: { input: 1_003 + hour, output: 207 + hour } })));
}

const NIGHT = [0, 4, 8, 12];
const EVENING = [16, 20];
const DATES = [24, 25, 26, 27, 28, 29, 30].map((day) => `2026-11-${day}`).concat('2026-12-01', '2026-12-02');

/** Seven days, watched: at each noon's look the day before is judged, and the next step opens where its gate passes. */
export async function recovers(story: Story, ids: Ids): Promise<void> {
  const { app, waker } = story;
  const opens: Record<string, number> = { '2026-11-25': 5, '2026-11-26': 25, '2026-11-27': 50, '2026-11-28': 100 };
  for (const [i, date] of DATES.entries()) {
    if (i > 0) {
      app.moveClock(`${date}T13:05:00Z`);
      // Of one day the evening's data is missing at first.
      const isLate = date === '2026-11-27';
      await reports(story, date, NIGHT);
      await judges(story, ids, DATES[i - 1] as string, isLate);
      await test.step('resume gate', () => opensTheNext(story, ids, date, opens[date]));
    }
    app.moveClock(`${date}T23:50:00Z`);
    if (date !== '2026-11-26' && i < DATES.length - 1) await reports(story, date, EVENING);
  }
  app.moveClock('2026-12-02T13:05:00Z');
  await waker.run('keep recovery days');
}

/** At first the forecast still expects the morning that ran away: its upper edge is above the limit. */
const VERDICTS: Record<string, string> = { '2026-11-25': 'watch', '2026-11-26': 'watch' };

/** The entry of the day that has ended: right to the nano-dollar, and with the verdict it must have. */
async function judges(story: Story, { breachId }: Ids, date: string, isLate: boolean): Promise<void> {
  if (date === '2026-11-24') return;
  await test.step('verdict', async () => {
    await story.waker.run('keep recovery days');
    const entry = async () => (await planOf(story, breachId)).days.find((day) => day.date === date);
    if (isLate) {
      const first = String(sumOf(onDay(story.programs.calls, date)));
      expect(await entry()).toMatchObject({ verdict: 'inconclusive', actualNanoUsd: first });
      await story.waker.run('watch recoveries');
      expect(await planOf(story, breachId)).toMatchObject({ stagePercent: 25 });
      await reports(story, date, EVENING);
      await story.waker.run('keep recovery days');
    }
    const nano = String(sumOf(onDay(story.programs.calls, date)));
    expect(await entry()).toMatchObject({ verdict: VERDICTS[date] ?? 'stable', actualNanoUsd: nano, corrections: isLate ? 1 : 0 });
  });
}

/** A step opens by its gate, and not before a day has passed at the one before; the last asks for a person's yes. */
async function opensTheNext(story: Story, { breachId }: Ids, date: string, percent: number | undefined): Promise<void> {
  const { app, programs, waker } = story;
  const at = `${date}T13:05:00Z`;
  await waker.run('watch recoveries');
  if (percent === 100) {
    expect(await planOf(story, breachId)).toMatchObject({ stagePercent: 50 });
    await resumesOnScreen(story, breachId, 100);
  }
  const plan = await planOf(story, breachId);
  expect(plan).toMatchObject({ phase: 'resuming', stagePercent: percent ?? 100 });
  const call = await programs.ask({ input: 400, output: 200 });
  expect(call).toMatchObject({ decision: 'allow', model: 'gpt-4o' });
  await programs.settle(call, { input: 391, output: 187 }, at);
  // Twelve hours at a step are not a day.
  if (percent !== undefined) {
    app.moveClock(`${date}T20:05:00Z`);
    await waker.run('watch recoveries');
    expect(await planOf(story, breachId)).toMatchObject({ stagePercent: percent });
  }
}
