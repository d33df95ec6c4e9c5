import { describe, expect, it } from 'vitest';
import { readBreachRow } from '@/lib/breach/row';
import { reader } from '@/lib/db';
import { days, hours, minutes, plus } from '@/lib/kernel/instant';
import { signOff } from '@/lib/recovery/day/sign-off';
import { closeRecovery } from '@/lib/recovery/exit/close';
import { answerRoom } from '@/lib/recovery/money/answer';
import { markdownOf } from '@/lib/recovery/report/markdown';
import { readReport } from '@/lib/recovery/report/report';
import { NOON } from '@/lib/testing/bare-org';
import { ask, DOLLAR, openStops, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { keepDays, watchRecoveries } from './run';
import { CALL, DECEMBER, flowsSince, MIDNIGHT, ready, resumed, seen, stopped } from './testing/recovering';

useDatabase();

describe('daily entries', () => {
  it('are written once a local day, and a day while stopped is held', async () => {
    const it = await stopped();
    await keepDays(plus(MIDNIGHT, minutes(30)));
    expect((await seen(it, plus(MIDNIGHT, minutes(30)))).days).toEqual([]);
    const now = plus(MIDNIGHT, days(2));
    await keepDays(plus(now, minutes(30)));
    await Promise.all([keepDays(plus(now, minutes(31))), keepDays(plus(now, minutes(31)))]);
    const plan = await seen(it, plus(now, minutes(31)));
    expect(plan.days.map(({ date, verdict, corrections }) => [date, verdict, corrections])).toEqual([
      ['2026-11-25', 'held', 0],
      ['2026-11-26', 'held', 0],
    ]);
    expect(plan.unsigned).toEqual(['2026-11-25', '2026-11-26']);
  });

  it('late data corrects by a new entry, and what was written first stays', async () => {
    const it = await ready();
    await flowsSince(it, '2026-11-24T20:00:00Z');
    await spend(it.org, 100n * DOLLAR, { at: plus(MIDNIGHT, hours(3)) }, plus(MIDNIGHT, hours(3)));
    for (let hour = 0; hour < 24; hour += 3) await spend(it.org, DOLLAR, { at: plus(MIDNIGHT, hours(hour)) }, plus(MIDNIGHT, hours(hour)));
    const morning = plus(MIDNIGHT, hours(25));
    await keepDays(morning);
    const first = (await seen(it, morning)).days[0];
    expect(first).toMatchObject({
      date: '2026-11-25',
      verdict: 'stable',
      corrections: 0,
      first: null,
      actualNanoUsd: String(108n * DOLLAR),
    });
    await spend(it.org, 1_400n * DOLLAR, { at: plus(MIDNIGHT, hours(5)), late: true }, plus(morning, hours(2)));
    await keepDays(plus(morning, hours(3)));
    await keepDays(plus(morning, hours(4)));
    const rows = await reader().query('SELECT correction, verdict FROM recovery_day WHERE org_id = $1 ORDER BY correction', [it.org.orgId]);
    expect(rows).toEqual([
      { correction: 0, verdict: 'stable' },
      { correction: 1, verdict: 'worse' },
    ]);
    const now = (await seen(it, plus(morning, hours(4)))).days[0];
    expect(now).toMatchObject({ verdict: 'worse', corrections: 1, first: { verdict: 'stable', actualNanoUsd: String(108n * DOLLAR) } });
    await expect(reader().query('UPDATE recovery_day SET verdict = $2 WHERE org_id = $1', [it.org.orgId, 'watch'])).rejects.toThrow(
      'append-only',
    );
  });

  it('a source that fell silent makes its day inconclusive; two such days in a row are taken up', async () => {
    const it = await ready();
    await flowsSince(it, '2026-11-24T20:00:00Z');
    const told = [...Array.from({ length: 12 }, (_, i) => 2 * i), 24, 25, 26, 54, 55];
    for (const hour of told) await spend(it.org, DOLLAR, { at: plus(MIDNIGHT, hours(hour)) }, plus(MIDNIGHT, hours(hour)));
    await keepDays(plus(MIDNIGHT, hours(73)));
    const plan = await seen(it, plus(MIDNIGHT, hours(73)));
    expect(plan.days.map((day) => [day.verdict, day.facts.staleSources])).toEqual([
      ['stable', []],
      ['inconclusive', ['api']],
      ['inconclusive', ['api']],
    ]);
    expect(plan.history.filter((each) => each.kind === 'escalate')).toHaveLength(1);
    await keepDays(plus(MIDNIGHT, hours(74)));
    expect((await seen(it, plus(MIDNIGHT, hours(74)))).history.filter((each) => each.kind === 'escalate')).toHaveLength(1);
  });

  it('are signed off once by a person, and chased until then', async () => {
    const it = await stopped();
    await keepDays(plus(MIDNIGHT, hours(25)));
    const chased = () => reader().query(`SELECT key FROM notice WHERE org_id = $1 AND kind = 'recovery.unsigned'`, [it.org.orgId]);
    expect(await chased()).toEqual([]);
    await keepDays(plus(MIDNIGHT, hours(40)));
    await keepDays(plus(MIDNIGHT, hours(41)));
    expect((await chased()).length).toBeGreaterThan(0);
    const once = (await chased()).length;
    const sign = () =>
      it.org.run(
        (ctx) => signOff(ctx, { id: it.planId, date: '2026-11-25', note: 'Quiet.' }),
        plus(MIDNIGHT, hours(42)),
        'escalation_owner',
      );
    await sign();
    await expect(sign()).rejects.toMatchObject({ code: 'day.signed_off' });
    await keepDays(plus(MIDNIGHT, hours(47)));
    expect(await chased()).toHaveLength(once);
    expect((await seen(it, plus(MIDNIGHT, hours(47)))).days[0]).toMatchObject({ note: 'Quiet.', signedOffBy: 'The escalation owner' });
  });
});

describe('closing', () => {
  it('a new period does not close a plan, nor lift the stop of a month', async () => {
    const it = await stopped();
    await it.org.run((ctx) => answerRoom(ctx, { id: it.planId, room: 'wait' }), NOON, 'operator');
    const now = plus(DECEMBER, hours(1));
    await watchRecoveries(now);
    await keepDays(now);
    expect(await seen(it, now)).toMatchObject({ phase: 'planned', closedAt: null, stagePercent: null });
    expect(await openStops(it.org)).toHaveLength(1);
    expect(await ask(it.org, CALL, now)).toMatchObject({ decision: 'deny', reason: 'stopped' });
    const close = () => it.org.run((ctx) => closeRecovery(ctx, { id: it.planId, summary: 'A new month.' }), now, 'operator');
    await expect(close()).rejects.toMatchObject({ code: 'plan.not_yet' });
  });

  it('of a day budget the stop is lifted by the new day, and its plan goes on', async () => {
    const it = await stopped({ period: 'day' });
    const now = plus(MIDNIGHT, minutes(5));
    expect(await ask(it.org, {}, now)).toMatchObject({ decision: 'allow' });
    await watchRecoveries(now);
    expect(await seen(it, now)).toMatchObject({ phase: 'resuming', stagePercent: 100, closedAt: null, hourlyNanoUsd: null });
    expect((await seen(it, now)).history.at(-1)).toMatchObject({ kind: 'lifted', byRule: true });
  });

  it('needs every criterion, writes the report, and closes the breach', async () => {
    const it = await ready();
    await flowsSince(it, '2026-11-24T20:00:00Z');
    for (let hour = 0; hour < 73; hour += 3)
      await spend(it.org, 10n * DOLLAR, { at: plus(MIDNIGHT, hours(hour)) }, plus(MIDNIGHT, hours(hour)));
    const now = plus(MIDNIGHT, hours(73));
    await keepDays(now);
    const close = () => it.org.run((ctx) => closeRecovery(ctx, { id: it.planId, summary: 'Three quiet | days.' }), now, 'operator');
    await expect(close()).rejects.toMatchObject({ code: 'plan.not_yet', errors: [{ code: 'criterion.checks' }] });
    await reader().query(
      'UPDATE recovery_check SET done_at = opened_at, done_by = $2 FROM recovery_plan p WHERE recovery_check.org_id = $1 AND p.id = plan_id',
      [it.org.orgId, it.org.members.operator.actor.id],
    );
    await close();
    const plan = await seen(it, now);
    expect(plan).toMatchObject({ phase: 'closed', summary: 'Three quiet | days.', stable: { days: 3 } });
    expect((await readBreachRow(it.org.ctx(now), it.breachId)).phase).toBe('closed');
    const report = await readReport(it.org.ctx(now), it.planId);
    expect(report).toMatchObject({ isFinal: true, cause: 'A retry loop.', correctiveAction: 'Retries are capped at 3.' });
    expect(report.days).toHaveLength(3);
    const text = markdownOf(report);
    expect(text).toContain('# Support: recovery report');
    expect(text).toContain('Three quiet \\| days.');
    await expect(resumed(it, 1, now)).rejects.toMatchObject({ code: 'plan.closed' });
  });
});
