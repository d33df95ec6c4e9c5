import { expect, it } from 'vitest';
import { lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { reader, together, transaction } from '@/lib/db';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { ask, DOLLAR, expectTrue, made, spend } from '@/lib/testing/budgets';
import { Cut, cutAt, fingerprint, kill } from '@/lib/testing/cut';
import { useDatabase } from '@/scripts/testing/database';
import { runBatch } from './decide/batch';
import { stopByHand } from './limit/stop-by-hand';

useDatabase();

const GPT = { provider: 'openai', model: 'gpt-4o' };
const MINI = { provider: 'openai', model: 'gpt-4o-mini' };

/** Levels that do everything a level can: tell, start, prepare, stop, be answered for. */
const EVERYTHING = [
  { at: 0.5, kind: 'notify', tell: ['budget_owner'] },
  {
    ...{ at: 0.8, kind: 'contain', mustAnswer: true, tell: ['budget_owner', 'escalation_owner'] },
    actions: [
      { kind: 'route', params: { from: GPT, to: MINI }, mode: 'automatic' },
      { kind: 'rate_limit', params: { callsPerMinute: 5 }, mode: 'ask' },
    ],
  },
  { at: 0.95, kind: 'stop', mustAnswer: true, tell: ['budget_owner'], actions: [{ kind: 'block', params: {}, mode: 'ask' }] },
];

const aBudget = async (part: Record<string, unknown> = {}) => {
  const org = await anOrg();
  const budget = await made(org, { thresholds: EVERYTHING, ownerId: org.members.budget_owner.actor.id, ...part });
  return { org, budget };
};

/** What a crossing leaves, counted: all of it is there, or none. */
async function leftBy(org: TestOrg): Promise<Record<string, number>> {
  const [row] = await reader().query<Record<string, bigint>>(
    `SELECT (SELECT count(*) FROM stop WHERE org_id = $1) AS stops, (SELECT count(*) FROM containment_action WHERE org_id = $1) AS actions,
            (SELECT count(*) FROM breach WHERE org_id = $1) AS breaches, (SELECT count(*) FROM recovery_plan WHERE org_id = $1) AS plans,
            (SELECT count(DISTINCT kind) FROM notice WHERE org_id = $1) AS notices, (SELECT count(*) FROM threshold_firing WHERE org_id = $1) AS firings,
            (SELECT count(DISTINCT action) FROM audit_entry WHERE org_id = $1 AND action IN ('stop.raised', 'breach.opened', 'plan.opened', 'action.started', 'action.prepared')) AS audited,
            (SELECT count(*) FROM budget_period WHERE org_id = $1 AND stop_id IS NOT NULL) AS stopped`,
    [org.orgId],
  );
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]));
}

/** Looking at everything an organisation has takes longer than a cut: it is done after so many. */
const LOOKED_AT_EVERY = 10;

/**
 * Does the work again and again, cut at its first statement, its second, … at every one; looks that nothing is left of it; then lets it
 * come through whole. @returns how many statements it has
 */
async function cutEverywhere(org: TestOrg, work: (ctx: Context) => Promise<unknown>, how: 'thrown' | 'killed'): Promise<number> {
  const before = await fingerprint(org.orgId);
  for (let n = 1; ; n++) {
    const whole = await transaction(async (tx) => {
      const cut = cutAt(tx, n, how);
      await work({ ...org.ctx(NOON), tx: cut.tx });
      if (cut.asked() < n) expect(await fingerprint(org.orgId)).toEqual(before);
      return cut.asked();
    }).catch((error: Error) => (isCut(error) ? null : Promise.reject(error)));
    if (whole !== null) return whole;
    if (n % LOOKED_AT_EVERY === 0)
      expect(await fingerprint(org.orgId), `${how} at one of ${LOOKED_AT_EVERY} statements up to ${n}`).toEqual(before);
  }
}

/** What a cut looks like from inside: our own word, or a connection that is gone. */
const isCut = (error: Error): boolean => error instanceof Cut || /terminat|connection|not queryable/i.test(error.message);

const WAYS = {
  'reported spend': (org: TestOrg) => {
    void org;
    return async (ctx: Context) => bookUsage(ctx, [{ nano: 10n * DOLLAR }]);
  },
  'a decision that finds no room': (org: TestOrg) => {
    const request = anAsk();
    const op = { kind: 'authorize', keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, request } as const;
    return async (ctx: Context) => {
      await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
      const { write } = await runBatch(ctx, [op], undefined, true);
      await together(write());
    };
  },
  "a person's stop": (org: TestOrg) => {
    void org;
    return async (ctx: Context) => {
      const [budget] = await ctx.tx.query<{ id: string }>(`SELECT id FROM budget WHERE org_id = $1 AND name = 'Support'`, [ctx.orgId]);
      await stopByHand(ctx, { budgetId: budget?.id ?? '', reason: 'It loops.' });
    };
  },
};

it.each([...Object.keys(WAYS).map((way) => [way, 'thrown'] as const), ['reported spend', 'killed'] as const])(
  'crossing is one transaction: %s, %s at every statement',
  async (way, how) => {
    const { org } = await aBudget();
    // A decision finds no room with what is charged so close to the limit that the cheaper model, to which a level leads it, does not fit.
    if (way === 'a decision that finds no room') await spend(org, (94_999n * DOLLAR) / 10_000n);
    const before = await leftBy(org);
    expect(before).toMatchObject({ stops: 0, stopped: 0 });
    const statements = await cutEverywhere(org, WAYS[way as keyof typeof WAYS](org), how);
    expect(statements).toBeGreaterThan(20);
    expect(await leftBy(org)).toMatchObject({ stops: 1, stopped: 1, breaches: 1, plans: 1 });
    await expectTrue(org);
  },
  240_000,
);

it('crossing is one transaction: what it leaves is whole', async () => {
  const { org, budget } = await aBudget();
  await spend(org, 10n * DOLLAR);
  expect(await leftBy(org)).toEqual({ stops: 1, actions: 3, breaches: 1, plans: 1, notices: 1, firings: 2, audited: 5, stopped: 1 });
  expect(await ask(org)).toMatchObject({ decision: 'deny', budgetId: budget.id });
});

it('crossing is one transaction: killed before its commit, nothing is there', async () => {
  const { org } = await aBudget();
  const before = await fingerprint(org.orgId);
  const lost = transaction(async (tx) => {
    await bookUsage({ ...org.ctx(NOON), tx }, [{ nano: 10n * DOLLAR }]);
    await kill(tx);
  });
  await expect(lost).rejects.toThrow('the connection was lost');
  expect(await fingerprint(org.orgId)).toEqual(before);
});
