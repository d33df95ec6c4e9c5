import { describe, expect, it } from 'vitest';
import { acknowledge } from '@/lib/breach/answer';
import { readBreachRow } from '@/lib/breach/row';
import { reader } from '@/lib/db';
import { hours, type Instant, minutes, plus } from '@/lib/kernel/instant';
import { changeRecovery } from '@/lib/recovery/change';
import { liftOnPlan } from '@/lib/recovery/lift';
import { answerRoom } from '@/lib/recovery/money/answer';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, expectTrue, openStops, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { abortRecovery } from './abort';
import { keepDays, watchRecoveries } from './run';
import { CALL, called, ready, resumed, START, seen, stopped } from './testing/recovering';

useDatabase();

/** A cent is reported every four hours, for so many hours from a moment on. */
async function reports(org: TestOrg, from: Instant, length: number): Promise<void> {
  for (let hour = 0; hour < length; hour += 4) {
    const at = plus(from, hours(hour));
    await spend(org, DOLLAR / 100n, { at }, at);
  }
}

describe('resuming', () => {
  it('no room, no resume', async () => {
    const it = await stopped();
    const { org, planId, breachId } = it;
    await org.run((ctx) => acknowledge(ctx, { breachId, note: null }), NOON, 'escalation_owner');
    const change = { cause: 'A loop.', correctiveAction: 'A cap.' };
    await org.run((ctx) => changeRecovery(ctx, { id: planId, ifMatch: null, change }), NOON, 'operator');
    await org.run((ctx) => answerRoom(ctx, { id: planId, room: 'wait' }), NOON, 'operator');
    await expect(resumed(it, 1)).rejects.toMatchObject({ code: 'stop.no_room' });
    const [stop] = await openStops(org);
    const lift = () => org.run((ctx) => liftOnPlan(ctx, { stopId: stop?.id ?? '', why: 'try' }), NOON, 'operator');
    await expect(lift()).rejects.toMatchObject({ code: 'stop.no_room' });
    expect(await openStops(org)).toHaveLength(1);
    // December's $9.50 over its 31 days.
    expect(await seen(it)).toMatchObject({ room: 'wait', targetNanoUsdPerDay: String((95n * DOLLAR) / 310n), phase: 'planned' });
  });

  it('asks for an answer, a cause, a corrective action and where the money comes from', async () => {
    const it = await stopped();
    await changed(it.org, it.budgetId, { amount: '100.00' });
    await expect(resumed(it, 1)).rejects.toMatchObject({
      code: 'stop.gate_closed',
      errors: ['answered', 'cause', 'corrective_action', 'money'].map((key) => ({ code: `gate.${key}` })),
    });
    await expect(resumed(it, 5)).rejects.toMatchObject({ code: 'stop.gate_closed' });
    await expect(resumed(it, 1, START, 'budget_owner')).rejects.toMatchObject({ code: 'budget.not_yours' });
  });

  it('lets exactly its allowance through in an hour, whoever asks at once, and as much in the next', async () => {
    const it = await ready();
    const { org, budgetId } = it;
    await resumed(it, 1);
    expect(await seen(it)).toMatchObject({
      stagePercent: 1,
      hourlyNanoUsd: '564910714',
      targetNanoUsdPerDay: '1355785714285',
      stopId: null,
    });
    expect((await readBreachRow(org.ctx(), it.breachId)).phase).toBe('recovering');
    for (const [now, left] of [
      [START, 3_599_000],
      [plus(NOON, hours(1)), 3_600_000],
    ] as const) {
      const by = { keyId: org.keys['spend:authorize'].id, pins: { tags: {} } };
      const asks = Array.from({ length: 8 }, () =>
        Array.from({ length: 4 }, () => ({ kind: 'authorize' as const, ...by, request: anAsk(CALL) })),
      );
      const outcomes = (await Promise.all(asks.map((ops) => decideTogether(org.orgId, ops, now)))).flat();
      const answers = outcomes.flatMap((each) => ('answer' in each ? [each.answer] : [])) as { decision: string }[];
      expect(answers.filter((each) => each.decision === 'allow')).toHaveLength(5);
      const refused = answers.filter((each) => each.decision === 'deny');
      expect(refused).toHaveLength(27);
      for (const each of refused) expect(each).toMatchObject({ reason: 'resuming', budgetId, stopId: null, retryAfterMs: left });
    }
    expect(await openStops(org)).toEqual([]);
    await expectTrue(org);
  });

  it('never shows its hidden budget', async () => {
    const it = await ready();
    await resumed(it, 1);
    const [stage] = await reader().query<{ id: string }>('SELECT id FROM budget WHERE org_id = $1 AND stage_of = $2', [
      it.org.orgId,
      it.budgetId,
    ]);
    const answer = await ask(it.org, CALL, START);
    expect(JSON.stringify(answer)).not.toContain(stage?.id);
    await expect(changed(it.org, stage?.id ?? '', { name: 'x' })).rejects.toMatchObject({ code: 'budget.not_found' });
  });

  it('steps up by itself after a day within its allowance; the last step waits for a person', async () => {
    const it = await ready();
    await resumed(it, 1);
    await expect(resumed(it, 5)).rejects.toMatchObject({ code: 'stop.gate_closed' });
    let now: Instant = START;
    for (const percent of [5, 25, 50]) {
      await called(it, plus(now, hours(2)));
      await reports(it.org, now, 25);
      await watchRecoveries(plus(now, hours(23)));
      now = plus(now, hours(25));
      await keepDays(now);
      await watchRecoveries(now);
      expect((await seen(it, now)).stagePercent).toBe(percent);
    }
    await called(it, plus(now, hours(2)));
    now = plus(now, hours(25));
    await watchRecoveries(now);
    const waiting = await seen(it, now);
    expect(waiting).toMatchObject({ stagePercent: 50 });
    expect(waiting.steps.at(-1)).toMatchObject({ percent: 100, state: 'next', gate: { passed: true, needsPerson: true } });
    await resumed(it, 100, now);
    expect((await seen(it, now)).stagePercent).toBe(100);
    await expectTrue(it.org);
  });

  it('a day that missed its data holds the next step back until it is told of, also where the step began on it', async () => {
    const it = await ready();
    await resumed(it, 1);
    await called(it, plus(NOON, hours(2)));
    await reports(it.org, NOON, 10);
    const second = plus(START, hours(25));
    await keepDays(second);
    await watchRecoveries(second);
    expect((await seen(it, second)).stagePercent).toBe(5);
    // The 25th is missing when the 26th is looked at.
    await called(it, plus(second, hours(2)));
    await reports(it.org, plus(second, hours(12)), 13);
    const third = plus(second, hours(25));
    await keepDays(third);
    await watchRecoveries(third);
    const held = await seen(it, third);
    expect(held).toMatchObject({ stagePercent: 5, days: [{ date: '2026-11-25', verdict: 'inconclusive' }] });
    const gate = held.steps.find((each) => each.gate !== null)?.gate;
    expect(gate?.checks.filter((each) => !each.passed).map((each) => each.key)).toEqual(['verdict']);
    await reports(it.org, plus(NOON, hours(12)), 24);
    await keepDays(third);
    await watchRecoveries(third);
    expect(await seen(it, third)).toMatchObject({ stagePercent: 25, days: [{ date: '2026-11-25', corrections: 1 }] });
  });

  it('a burn steps back', async () => {
    const it = await ready();
    await resumed(it, 1);
    await called(it, plus(NOON, hours(2)));
    const later = plus(START, hours(25));
    await watchRecoveries(later);
    expect((await seen(it, later)).stagePercent).toBe(5);
    // 5 % is $2.82 an hour; $3.20 come unasked.
    await ask(it.org, CALL, plus(later, minutes(1)));
    await spend(it.org, 32n * (DOLLAR / 10n), {}, plus(later, minutes(2)));
    await watchRecoveries(plus(later, minutes(3)));
    const back = await seen(it, plus(later, minutes(3)));
    expect(back).toMatchObject({ stagePercent: 1, phase: 'resuming' });
    expect(back.history.at(-1)).toMatchObject({ kind: 'step_back', byRule: true });
    // What was too much before the step is not held against it.
    await watchRecoveries(plus(later, minutes(4)));
    expect((await seen(it, plus(later, minutes(4)))).stagePercent).toBe(1);
    await expectTrue(it.org);
  });

  it('is aborted by hand: stopped again at once, announced anew', async () => {
    const it = await ready();
    await resumed(it, 1);
    await it.org.run((ctx) => abortRecovery(ctx, { id: it.planId, why: 'Customers see errors.' }), plus(NOON, minutes(5)), 'operator');
    expect(await openStops(it.org)).toMatchObject([{ cause: 'resume_aborted' }]);
    expect(await seen(it, plus(NOON, minutes(5)))).toMatchObject({ phase: 'stopped_again', stagePercent: null });
    expect(await ask(it.org, CALL, plus(NOON, minutes(6)))).toMatchObject({ decision: 'deny', reason: 'stopped' });
    const breach = await readBreachRow(it.org.ctx(), it.breachId);
    expect(breach).toMatchObject({ phase: 'contained', climb: 2 });
  });

  it('is aborted when charged is back at the limit, by the crossing itself', async () => {
    const it = await ready();
    await resumed(it, 1);
    await spend(it.org, 9_600n * DOLLAR, {}, plus(NOON, minutes(5)));
    expect(await seen(it, plus(NOON, minutes(5)))).toMatchObject({ phase: 'stopped_again', stagePercent: null, hourlyNanoUsd: null });
    await watchRecoveries(plus(NOON, minutes(6)));
    const open = await reader().query('SELECT FROM budget WHERE org_id = $1 AND stage_of IS NOT NULL AND ended_at IS NULL', [it.org.orgId]);
    expect(open).toEqual([]);
    await expectTrue(it.org);
  });
});
