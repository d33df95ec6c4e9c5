import { describe, expect, it } from 'vitest';
import { startAction } from '@/lib/containment/switch-on';
import { reader } from '@/lib/db';
import { hours, minus, toIso } from '@/lib/kernel/instant';
import { divideHalfEven } from '@/lib/kernel/money';
import { ingestUsage } from '@/lib/spend/ingest/ingest';
import { makeWorkload } from '@/lib/spend/limit/workloads';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { made } from '@/lib/testing/budgets';
import { randomOf } from '@/lib/testing/random-ledger';
import { useDatabase } from '@/scripts/testing/database';
import { proposeSplit } from './propose';
import { readValue } from './read';
import { setTarget } from './targets';

useDatabase();

let sent = 0;
type Call = {
  model?: string;
  feature?: string;
  output?: number;
  outcome?: string | null;
  quality?: number;
  converted?: boolean;
  hoursAgo?: number;
};

/** Books calls of support-bot with what came of them. Prices a million: gpt-4o $2.50 in, $10 out; gpt-4o-mini $0.15 and $0.60. */
async function book(org: TestOrg, calls: Call[]): Promise<void> {
  const caller = { actor: org.members.admin.actor, orgId: org.orgId, requestId: 'test' };
  for (let from = 0; from < calls.length; from += 500) {
    const records = calls
      .slice(from, from + 500)
      .map(({ model = 'gpt-4o', output = 100, outcome = 'success', hoursAgo = 1, feature = 'chat', ...rest }) => ({
        ...{
          eventId: `call-${++sent}`,
          occurredAt: toIso(minus(NOON, hours(hoursAgo))),
          workload: 'support-bot',
          feature,
          provider: 'openai',
          model,
        },
        ...{ units: { input: 1_000, output } },
        ...(outcome === null ? {} : { outcome }),
        ...rest,
      }));
    const { accepted, rejected } = await ingestUsage(caller, records, 'api', NOON);
    expect([accepted, rejected]).toEqual([records.length, []]);
  }
}

const times = (count: number, call: Call): Call[] => Array.from({ length: count }, () => call);
/** So many calls of a model, of which a share succeeded. */
const did = (model: string, count: number, successes: number): Call[] => [
  ...times(successes, { model }),
  ...times(count - successes, { model, outcome: 'failure' }),
];
const valuesOf = (org: TestOrg) => readValue(org.ctx(NOON));
/** Thirty local days of Berlin, today among them, began so many hours before noon in London. */
const HOURS_NOW = 29 * 24 + 13;
const DEAR = 1_000n * 2_500n + 100n * 10_000n;
const CHEAP = 1_000n * 150n + 100n * 600n;

it('cost per success equals recomputation', async () => {
  const org = await anOrg();
  const random = randomOf(11);
  const calls = Array.from({ length: 400 }, (): Call => {
    const outcome = ['success', 'success', 'failure', 'unknown', null][random(5)] as string | null;
    return {
      ...{ output: 1 + random(900), outcome, model: random(2) === 0 ? 'gpt-4o' : 'gpt-4o-mini', hoursAgo: 1 + random(24 * 50) },
      ...(random(3) === 0 ? { converted: random(2) === 0 } : {}),
      ...(random(2) === 0 ? { quality: random(101) / 100 } : {}),
    };
  });
  await book(org, calls);
  const cost = ({ model, output = 0 }: Call) =>
    model === 'gpt-4o' ? 2_500_000n + BigInt(output) * 10_000n : 150_000n + BigInt(output) * 600n;
  const [kpi] = (await valuesOf(org)).kpis;
  for (const [figure, isNow] of [
    ['now', true],
    ['before', false],
  ] as const) {
    const mine = calls.filter((each) => (each.hoursAgo ?? 0) <= HOURS_NOW === isNow);
    const known = mine.filter((each) => each.outcome === 'success' || each.outcome === 'failure');
    const successes = known.filter((each) => each.outcome === 'success').length;
    const sum = known.reduce((all, each) => all + cost(each), 0n);
    expect(kpi?.costPerSuccess[figure]).toBe(String(divideHalfEven(sum, BigInt(successes))));
    const followed = mine.filter((each) => each.converted !== undefined);
    const conversions = followed.filter((each) => each.converted).length;
    const paid = followed.reduce((all, each) => all + cost(each), 0n);
    expect(kpi?.costPerConversion[figure]).toBe(String(divideHalfEven(paid, BigInt(conversions))));
    expect(kpi?.conversion[figure]).toBe(conversions / followed.length);
    const rated = mine.flatMap((each) => each.quality ?? (each.outcome === 'success' ? 1 : each.outcome === 'failure' ? 0 : []));
    expect(kpi?.quality[figure]).toBeCloseTo(rated.reduce((all, each) => all + each, 0) / rated.length, 12);
  }
  const [row] = await reader().query<{ spent: bigint }>(
    `SELECT sum(amount_nano)::int8 AS spent FROM ledger_entry WHERE org_id = $1 AND booked_at >= '2026-10-25T23:00:00Z'`,
    [org.orgId],
  );
  expect(kpi?.spend.now).toBe(String(row?.spent));
});

describe('a split is advised only on evidence', () => {
  const splitOf = async (calls: Call[], quality: number | null = null) => {
    const org = await anOrg();
    await book(org, calls);
    if (quality !== null)
      await org.run((ctx) => setTarget(ctx, { workload: 'support-bot', trafficStage: 'production', change: { quality } }), NOON);
    return { org, split: (await valuesOf(org)).splits[0] };
  };

  it('not on 199 outcomes, however good', async () => {
    const { split } = await splitOf([...did('gpt-4o', 400, 360), ...did('gpt-4o-mini', 199, 199)]);
    expect(split).toMatchObject({ verdict: 'too_few', from: { model: 'gpt-4o' }, to: { model: 'gpt-4o-mini', known: 199 } });
  });

  it('not where it is worse, however cheap: the lower end of its interval counts', async () => {
    const { split } = await splitOf([...did('gpt-4o', 400, 360), ...did('gpt-4o-mini', 300, 255)]);
    expect(split).toMatchObject({ verdict: 'worse', quality: { mean: 0.85, count: 300 }, required: expect.closeTo(0.85, 9) });
  });

  it('at equal quality and a fraction of the price, with what it saves', async () => {
    const { split } = await splitOf([...did('gpt-4o', 400, 360), ...did('gpt-4o-mini', 300, 270)]);
    const [before, after] = [divideHalfEven(400n * DEAR, 360n), divideHalfEven(300n * CHEAP, 270n)];
    expect(split).toMatchObject({ verdict: 'advised', savingNanoUsd: String((before - after) * 360n), share: 400 / 700 });
    expect([split?.fromCostPerSuccessNanoUsd, split?.toCostPerSuccessNanoUsd]).toEqual([String(before), String(after)]);
  });

  it('not under the quality that is asked for, nor where nothing is saved', async () => {
    expect((await splitOf([...did('gpt-4o', 400, 360), ...did('gpt-4o-mini', 300, 270)], 0.9)).split?.verdict).toBe('worse');
    expect((await splitOf([...did('gpt-4o-mini', 400, 360), ...did('gpt-4o', 300, 270)])).split?.verdict).toBe('no_saving');
  });

  it('is proposed in one step: prepared, told to the owner, and measured once it is in force', async () => {
    const { org } = await splitOf([...did('gpt-4o', 400, 360), ...did('gpt-4o-mini', 300, 270)]);
    await made(org, { ownerId: org.members.budget_owner.actor.id });
    const from = { workload: 'support-bot', feature: 'chat', provider: 'openai', model: 'gpt-4o' };
    const wanted = { ...from, toProvider: 'openai', toModel: 'gpt-4o-mini' };
    const { proposals, splits } = await org.run((ctx) => proposeSplit(ctx, wanted), NOON, 'operator');
    expect(proposals).toMatchObject([
      { state: 'prepared', from: 'gpt-4o', to: 'gpt-4o-mini', promisedNanoUsd: splits[0]?.savingNanoUsd, savedNanoUsd: '0' },
    ]);
    const notices = await reader().query(
      `SELECT member_id AS member FROM notice WHERE org_id = $1 AND kind = 'split.proposed' AND via = 'app'`,
      [org.orgId],
    );
    expect(notices).toEqual([{ member: org.members.budget_owner.actor.id }]);
    await org.run((ctx) => startAction(ctx, proposals[0]?.actionId ?? ''), NOON, 'operator');
    expect((await valuesOf(org)).proposals[0]?.startedAt).toBe(toIso(NOON));
    const wrong = { ...wanted, toModel: 'gpt-4.1' };
    await expect(org.run((ctx) => proposeSplit(ctx, wrong), NOON, 'operator')).rejects.toMatchObject({ code: 'split.not_advised' });
  });
});

it('a target is kept for a workload and stage, with who answers for it', async () => {
  const org = await anOrg();
  await org.run((ctx) => makeWorkload(ctx, { slug: 'support-bot', trafficStage: 'production' } as never), NOON);
  await book(org, times(3, {}));
  const ownerId = org.members.analyst.actor.id;
  const change = { spendNanoUsd: '5000000000', quality: 0.8, ownerId, reviewOn: '2026-12-24' };
  await org.run((ctx) => setTarget(ctx, { workload: 'support-bot', trafficStage: 'production', change }), NOON);
  await org.run((ctx) => setTarget(ctx, { workload: 'support-bot', trafficStage: 'production', change: { quality: null } }), NOON);
  const [kpi] = (await valuesOf(org)).kpis;
  expect(kpi).toMatchObject({
    spend: { target: '5000000000' },
    quality: { target: null },
    ownerId,
    reviewOn: '2026-12-24',
    missing: ['converted'],
  });
  const nobody = { ownerId: 'mem_of_another' };
  await expect(
    org.run((ctx) => setTarget(ctx, { workload: 'support-bot', trafficStage: 'pilot', change: nobody }), NOON),
  ).rejects.toMatchObject({
    code: 'member.unknown',
  });
});
