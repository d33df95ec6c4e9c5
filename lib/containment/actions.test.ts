import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { hours, plus, seconds, toIso } from '@/lib/kernel/instant';
import { anOrg, type TestOrg, type Who } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { made } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { endAction, endActionsOf, expireActions } from './end';
import { applyLevel, type ReachedLevel } from './level';
import { listActions, openActions, readAction } from './reads';
import { type ActionOut, actionIn, actionsQuery } from './schema';
import { startAction, switchOn } from './switch-on';

useDatabase();

const switched = (org: TestOrg, part: Record<string, unknown> = {}, who: Who = 'admin', now = NOON): Promise<ActionOut> => {
  const input = actionIn.parse({ kind: 'block', scope: { workload: 'support-bot' }, reason: 'A loop', ...part });
  return org.run((ctx) => switchOn(ctx, input), now, who);
};

const list = async (org: TestOrg, query: Record<string, string>, now = NOON): Promise<string[]> =>
  (await listActions(org.ctx(now), actionsQuery.parse(query))).items.map((each) => each.id);

describe('an action', () => {
  it('is switched on with a reason and ended with one, and both stay said', async () => {
    const org = await anOrg();
    const on = await switched(org, { expiresAt: toIso(plus(NOON, hours(2))) });
    expect(on).toMatchObject({
      state: 'taking_hold',
      reason: 'A loop',
      who: 'The admin',
      startedAt: toIso(NOON),
      expiresAt: '2026-11-24T14:00:00Z',
    });
    expect(on).toMatchObject({ callsAffected: 0, customersAffected: 0, savedNanoUsd: '0', notSpentNanoUsd: '0', asDeclared: ['workload'] });
    const ended = await org.run((ctx) => endAction(ctx, on.id, 'Mended'), plus(NOON, hours(1)));
    expect(ended).toMatchObject({ state: 'ended', endedWhy: 'Mended', endedBy: org.members.admin.actor.id, confirmedBy: null });
    await expect(org.run((ctx) => endAction(ctx, on.id, 'Again'))).rejects.toMatchObject({ code: 'action.ended' });
    const log = await reader().query('SELECT action FROM audit_entry WHERE org_id = $1 AND subject_id = $2 ORDER BY id', [
      org.orgId,
      on.id,
    ]);
    expect(log).toEqual([{ action: 'action.started' }, { action: 'action.ended' }]);
  });

  it('that is prepared waits for a yes', async () => {
    const org = await anOrg();
    const prepared = await switched(org, { prepare: true });
    expect(prepared).toMatchObject({ state: 'prepared', startedAt: null, confirmedBy: null });
    const started = await org.run((ctx) => startAction(ctx, prepared.id), NOON, 'operator');
    expect(started).toMatchObject({ state: 'taking_hold', who: 'The operator' });
    await expect(org.run((ctx) => startAction(ctx, prepared.id), NOON)).rejects.toMatchObject({ code: 'action.started_already' });
  });

  it('is over at its expiry, before and after anyone has written that down', async () => {
    const org = await anOrg();
    const { id } = await switched(org, { expiresAt: toIso(plus(NOON, hours(2))) });
    const after = plus(NOON, hours(2));
    expect((await readAction(org.ctx(after), id)).state).toBe('ended');
    await expect(org.run((ctx) => endAction(ctx, id, 'Late'), after)).rejects.toMatchObject({ code: 'action.ended' });
    expect(await org.run(expireActions, plus(after, seconds(9)))).toBe(1);
    expect(await readAction(org.ctx(after), id)).toMatchObject({ state: 'ended', endedAt: toIso(after), endedWhy: 'It expired.' });
    await expect(switched(org, { expiresAt: toIso(NOON) })).rejects.toMatchObject({ code: 'action.expired' });
  });

  it('has not taken hold, and after ten seconds has failed to, while no process confirms it', async () => {
    const org = await anOrg();
    const { id } = await switched(org);
    expect((await readAction(org.ctx(plus(NOON, seconds(10))), id)).state).toBe('taking_hold');
    expect((await readAction(org.ctx(plus(NOON, seconds(10.5))), id)).state).toBe('failed');
  });

  it('is found by its state, kind, workload and budget', async () => {
    const org = await anOrg();
    const a = await switched(org);
    const images = { kind: 'disable_feature', params: { feature: 'images' }, scope: { workload: 'writer' }, prepare: true };
    const b = await switched(org, images, 'admin', plus(NOON, seconds(1)));
    expect(await list(org, { state: 'open' })).toEqual([b.id, a.id]);
    expect(await list(org, { state: 'prepared' })).toEqual([b.id]);
    expect(await list(org, { kind: 'block' })).toEqual([a.id]);
    expect(await list(org, { workload: 'writer' })).toEqual([b.id]);
    await org.run((ctx) => endAction(ctx, a.id, 'Over'), NOON);
    expect(await list(org, { state: 'ended' })).toEqual([a.id]);
    expect(await list(org, { state: 'open' })).toEqual([b.id]);
  });

  it('that could do nothing is refused', async () => {
    const org = await anOrg();
    const to = (provider: string, model: string) => ({
      kind: 'route',
      params: { from: { provider: 'openai', model: 'gpt-4o' }, to: { provider, model } },
    });
    await expect(switched(org, to('OpenAI', 'GPT-4o'))).rejects.toMatchObject({ code: 'action.senseless' });
    await expect(switched(org, to('anthropic', 'claude-3-5-haiku-latest'))).rejects.toMatchObject({ code: 'action.other_wire' });
    await expect(switched(org, { kind: 'disable_feature', scope: { feature: 'a' }, params: { feature: 'b' } })).rejects.toMatchObject({
      code: 'action.senseless',
    });
    expect(await switched(org, to('azure', 'gpt-4o-mini'))).toMatchObject({ kind: 'route' });
  });
});

describe('a budget owner', () => {
  it('contains spend inside their own budget, and nowhere else', async () => {
    const org = await anOrg();
    await made(org, { ownerId: org.members.budget_owner.actor.id });
    const own = await switched(org, { scope: { workload: 'support-bot', customer: 'acme' } }, 'budget_owner');
    expect(own.who).toBe('The budget owner');
    for (const scope of [{}, { workload: 'writer' }, { customer: 'acme' }])
      await expect(switched(org, { scope }, 'budget_owner')).rejects.toMatchObject({ code: 'action.not_yours' });
    const other = await switched(org, { scope: { workload: 'writer' } });
    await expect(org.run((ctx) => endAction(ctx, other.id, 'Mine'), NOON, 'budget_owner')).rejects.toMatchObject({
      code: 'action.not_yours',
    });
    await org.run((ctx) => endAction(ctx, own.id, 'Over'), NOON, 'budget_owner');
  });
});

describe('a reached level', () => {
  const level = (budgetId: string, part: Partial<ReachedLevel> = {}): ReachedLevel => ({
    ...{
      budgetId,
      breachId: null,
      thresholdKey: 'contain 800000',
      scope: { workload: 'support-bot', tags: {} },
      until: plus(NOON, hours(5)),
    },
    ...{ reason: 'support-bot reached 80 % of its budget.' },
    actions: [
      { kind: 'rate_limit', params: { callsPerMinute: 10 }, mode: 'automatic' },
      { kind: 'block', params: {}, mode: 'ask' },
    ],
    ...part,
  });

  it('starts what is automatic and prepares what asks, once', async () => {
    const org = await anOrg();
    const { id } = await made(org);
    expect(await org.run((ctx) => applyLevel(ctx, level(id)), NOON)).toHaveLength(2);
    expect(await org.run((ctx) => applyLevel(ctx, level(id)), NOON)).toEqual([]);
    const open = await openActions(org.ctx(NOON), { budgetId: id });
    expect(open.map(({ kind, state, cause, expiresAt }) => [kind, state, cause, expiresAt])).toEqual(
      expect.arrayContaining([
        ['rate_limit', 'taking_hold', 'threshold', '2026-11-24T17:00:00Z'],
        ['block', 'prepared', 'threshold', '2026-11-24T17:00:00Z'],
      ]),
    );
    // Over at the end of the period; the level may be reached anew in the next.
    expect(await org.run((ctx) => applyLevel(ctx, level(id, { until: plus(NOON, hours(9)) })), plus(NOON, hours(6)))).toHaveLength(2);
  });

  it('holds with its breach, and is taken back in reverse', async () => {
    const org = await anOrg();
    const { id } = await made(org);
    const breach = { breachId: 'brc_1' };
    const [slower] = await org.run((ctx) => applyLevel(ctx, level(id, { ...breach, actions: level(id).actions.slice(0, 1) })), NOON);
    const [blocked] = await org.run(
      (ctx) =>
        applyLevel(ctx, level(id, { ...breach, thresholdKey: 'stop 950000', actions: [{ kind: 'block', params: {}, mode: 'automatic' }] })),
      plus(NOON, seconds(1)),
    );
    expect((await openActions(org.ctx(NOON), breach)).map((each) => each.expiresAt)).toEqual([null, null]);
    expect(await org.run((ctx) => endActionsOf(ctx, breach, 'Resumed'), plus(NOON, hours(9)))).toEqual([blocked, slower]);
    expect(await openActions(org.ctx(NOON), breach)).toEqual([]);
  });
});
