import { expect } from '@playwright/test';
import type { BudgetOut } from '@/lib/budget/schema';
import type { ActionOut } from '@/lib/containment/schema';
import { FALLBACK, read, type Story, WORKLOAD } from './cast';
import { press } from './people';
import { costOf, sumOf, type Units } from './sums';

const DOLLAR = 1_000_000_000n;
/** $100 for the quarter: its levels lie at these. */
export const [CONTAIN, LIMIT] = [80n * DOLLAR, 95n * DOLLAR];

/** The admin makes the budget, Bo owns it and says on screen what its levels set off. @returns its id */
export async function setsLevels({ app, people }: Story): Promise<string> {
  const data = { name: WORKLOAD, scope: { workload: WORKLOAD }, period: 'quarter', amount: '100.00', ownerId: people.owner.id };
  const made = await app.api.post('/api/v1/budgets', { data });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = (await made.json()) as BudgetOut;
  const { page } = people.owner;
  await page.goto(`/budgets/${id}`);
  await press(page.getByRole('button', { name: 'Actions and people, contain 80 %' }), page.getByRole('button', { name: 'Add an action' }));
  const add = async (kind: string) => {
    await press(page.getByRole('button', { name: 'Add an action' }), page.getByRole('menuitem', { name: kind }));
    await page.getByRole('menuitem', { name: kind }).click();
  };
  await add('Cheaper model');
  await page.getByLabel('Calls to, provider').fill('openai');
  await page.getByLabel('Calls to, model').fill('gpt-4o');
  await page.getByLabel('Go to, model').fill('gpt-4o-mini');
  await add('Slower');
  await page.getByLabel('Calls a minute').fill('3');
  // Whom the policy asks first is asked first: the escalation owners are told when it climbs to them.
  await page.getByRole('button', { name: 'Do not tell Escalation owners at contain 80 %' }).click();
  const noOwners = page.getByRole('button', { name: 'Do not tell Escalation owners at stop 95 %' });
  await press(page.getByRole('button', { name: 'Actions and people, stop 95 %' }), noOwners);
  await noOwners.click();
  const contain = page.getByRole('listitem').filter({ has: page.getByLabel('Level, per cent of the amount, contain') });
  await contain.getByRole('switch', { name: 'Someone must answer' }).click();
  await expect(page.getByText('calls to gpt-4o go to gpt-4o-mini; at most 3 calls a minute. Nobody has to answer.')).toBeVisible();
  await page.getByRole('button', { name: 'Save levels' }).click();
  await expect(page.getByText('Levels saved.')).toBeVisible();
  return id;
}

/** Calls of uneven sizes, about 30 cents each, until the next would pass an amount. @param at when each of them was */
function until(amount: bigint, spent: bigint, at: (n: number) => string): { at: string; units: Units }[] {
  const sent: { at: string; units: Units }[] = [];
  for (let sum = spent, n = 0; ; n++) {
    const units = { input: 60_001 + 37 * (n % 101), output: 15_003 - 11 * (n % 97) };
    sum += costOf('gpt-4o', units);
    if (sum >= amount) return sent;
    sent.push({ at: at(n), units });
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
const HOUR = 3_600_000;

/** Two weeks of usage, and a morning on which it grows: all but 80 % is spent. */
export async function beforeTheStop({ app, programs }: Story): Promise<void> {
  const begun = Date.parse('2026-11-10T00:30:00Z');
  const weeks = until(42n * DOLLAR, 0n, (n) => iso(begun + ((n * 2) % 336) * HOUR));
  await programs.report(weeks);
  // A contract's cheaper model has its part in it: its prices leave fractions that are rounded once.
  await programs.report(
    [1, 2, 3].map((n) => ({ at: `2026-11-24T08:0${n}:00Z`, units: { input: 90_001 + n, output: 7_003 * n } })),
    'gpt-4o-mini',
  );
  app.moveClock('2026-11-24T10:29:00Z');
  const morning = Date.parse('2026-11-24T09:00:00Z');
  await programs.report(until(CONTAIN - DOLLAR / 5n, sumOf(programs.calls), (n) => iso(morning + n * 20_000)));
}

/** One more call reaches 80 %: from the next one on another model answers, and no more than three a minute. */
export async function routedAndSlowed({ app, programs, people }: Story): Promise<void> {
  const now = '2026-11-24T10:30:00Z';
  app.moveClock(now);
  const [most, used] = [
    { input: 90_000, output: 16_000 },
    { input: 88_001, output: 15_501 },
  ];
  const crossing = await programs.ask(most);
  expect(crossing).toMatchObject({ decision: 'allow', model: 'gpt-4o', routedBy: null });
  await programs.settle(crossing, used, now);
  expect(sumOf(programs.calls) > CONTAIN).toBe(true);

  const routed = await programs.ask(most);
  expect(routed).toMatchObject({ decision: 'allow', model: 'gpt-4o-mini', routedBy: expect.stringMatching(/^act_/) });
  await programs.settle(routed, used, now);
  expect(await programs.ask(most)).toMatchObject({ decision: 'deny', reason: 'rate_limited', retryAfterMs: 20_000 });
  const { page } = people.operator;
  await page.goto('/containment');
  await expect(page.getByRole('button', { name: `${WORKLOAD}, 1 cheaper model: in force, gpt-4o → gpt-4o-mini` })).toBeVisible();
  await expect(page.getByRole('button', { name: `${WORKLOAD}, 2 slower: in force, 3 calls/min` })).toBeVisible();
  app.moveClock('2026-11-24T10:30:20Z');
  const later = await programs.ask(most);
  expect(later).toMatchObject({ decision: 'allow', model: 'gpt-4o-mini' });
  await programs.settle(later, used, '2026-11-24T10:30:20Z');

  const saved = 2n * (costOf('gpt-4o', used) - costOf('gpt-4o-mini', used));
  const { items } = await read<{ items: ActionOut[] }>(app.api, '/containment-actions?kind=route');
  expect(items).toMatchObject([{ cause: 'threshold', callsAffected: 2, savedNanoUsd: String(saved) }]);
}

/** A night job that asks nobody takes it past 95 %: the next ask is refused, and the budget's page says so. */
export async function runsIntoItsStop({ app, programs, people }: Story, budgetId: string): Promise<void> {
  app.moveClock('2026-11-24T10:41:27Z');
  const begun = Date.parse('2026-11-24T10:31:00Z');
  await programs.report(until(LIMIT + DOLLAR, sumOf(programs.calls), (n) => iso(begun + n * 5_000)));
  const charged = sumOf(programs.calls);
  // Nobody has asked since: what found it raised the stop.
  expect((await read<BudgetOut>(app.api, `/budgets/${budgetId}`)).current.stopId).not.toBeNull();
  const refused = await programs.ask({ input: 100, output: 100 });
  expect(refused).toMatchObject({ decision: 'deny', reason: 'stopped', fallback: { message: FALLBACK } });
  programs.refused++;
  const { current } = await read<BudgetOut>(app.api, `/budgets/${budgetId}`);
  expect(current).toMatchObject({
    ...{ stopId: refused.stopId, actualNanoUsd: String(charged), chargedNanoUsd: String(charged), heldNanoUsd: '0' },
    excess: [{ cause: 'unasked', nanoUsd: String(charged - LIMIT) }],
  });
  const { page } = people.owner;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `${WORKLOAD} is stopped: its paid calls are refused until someone lifts it.`,
  );
}
