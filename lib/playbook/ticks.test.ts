import { expect, it } from 'vitest';
import { policyIn } from '@/lib/breach/policy/schema';
import { makePolicy } from '@/lib/breach/policy/write';
import { reader } from '@/lib/db';
import { days, minus, toIso } from '@/lib/kernel/instant';
import { makeChannel } from '@/lib/notice/channel/make';
import { writeNotices } from '@/lib/notice/write';
import { setThresholds } from '@/lib/spend/limit/set-thresholds';
import { addFeature, changeWorkload } from '@/lib/spend/limit/workloads';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { ask, changed, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { CHECKS, type CheckKey } from './checks/all';
import { readFacts } from './facts';

useDatabase();

type World = { org: TestOrg; budget: string; policy: string };
const sql = <Row>(org: TestOrg, text: string, ...values: string[]) => reader().query<Row>(text, [org.orgId, ...values]);

/** An organisation in which everything that a guide can see is as it should be. */
async function ready(): Promise<World> {
  const org = await anOrg();
  const { id } = await made(org);
  const owner = org.members.admin.actor.id;
  const run = <T>(work: Parameters<typeof org.run<T>>[0]) => org.run(work, NOON);
  const change = { criticality: 'critical', ownerId: owner, fallback: { message: 'Later.', url: null } } as const;
  await run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change: change as never }));
  await run((ctx) => addFeature(ctx, { slug: 'support-bot', feature: { slug: 'chat' } }));
  const slower = { kind: 'rate_limit', mode: 'automatic', params: { callsPerMinute: 5 } };
  const items = [
    { at: 0.8, kind: 'contain', mustAnswer: true, tell: [], actions: [slower] },
    { at: 0.95, kind: 'stop', mustAnswer: true, tell: [], actions: [] },
  ];
  await run((ctx) => setThresholds(ctx, { budgetId: id, ifMatch: null, items, confirm: false } as never));
  const steps = [{ targets: ['admins'], minutesToAcknowledge: 5 }];
  const policy = await run((ctx) => makePolicy(ctx, policyIn.parse({ name: 'Ours', steps })));
  await changed(org, id, { escalationPolicyId: policy.id });
  await spend(org, 1_000n);
  await ask(org);
  await run(async (ctx) => {
    const channel = await makeChannel(ctx, { kind: 'webhook', name: 'Own', config: { url: 'https://127.0.0.1/' } });
    const to = { key: 'test', kind: 'test.notice', target: { channel: channel.id }, title: 'A test', text: 'Nothing.', link: '/' };
    const [notice] = await writeNotices(ctx, [to]);
    await ctx.tx.query(`INSERT INTO notice_attempt (org_id, notice_id, n, at, ok, ms) VALUES ($1, $2, 1, $3, true, 5)`, [
      ctx.orgId,
      notice?.id ?? '',
      toIso(NOON),
    ]);
  });
  await sql(org, `UPDATE api_key SET pin_workload = 'support-bot', last_used_at = $2 WHERE org_id = $1`, toIso(NOON));
  await sql(
    org,
    `INSERT INTO outcome (org_id, event_id, at, outcome) SELECT $1, 'e' || n, $2, 'success' FROM generate_series(1, 10) n`,
    toIso(NOON),
  );
  return { org, budget: id, policy: policy.id };
}

type Flip = { breaks: (world: World) => Promise<unknown>; mends: (world: World) => Promise<unknown> };
const both = (table: string, broken: string, whole: string): Flip => ({
  breaks: ({ org }) => sql(org, `UPDATE ${table} SET ${broken} WHERE org_id = $1`),
  mends: ({ org }) => sql(org, `UPDATE ${table} SET ${whole} WHERE org_id = $1`),
});
/** A call without a price, and the row that takes it back. */
async function unpriced({ org }: World, isTakenBack: boolean): Promise<void> {
  const rows = await sql<{ id: bigint }>(org, `SELECT id FROM ledger_entry WHERE org_id = $1 AND basis = 'unpriced' ORDER BY id`);
  const back = isTakenBack ? { kind: 'correction' as const, corrects: rows[0]?.id ?? null, calls: -1 as const } : {};
  await org.run((ctx) => bookUsage(ctx, [{ nano: 0n, basis: 'unpriced', ...back }]), NOON);
}
const LONG_AGO = toIso(minus(NOON, days(100)));

/** For each check what makes it untrue, and what makes it true again. */
const FLIPS: Record<Exclude<CheckKey, 'recoveries_signed'>, Flip> = {
  adopted: {
    breaks: ({ org }) => spend(org, 1_000n, { workload: 'stranger' }),
    mends: ({ org }) => sql(org, `UPDATE workload SET adopted_at = created_at WHERE org_id = $1 AND adopted_at IS NULL`),
  },
  'critical.owner': {
    breaks: ({ org }) => sql(org, 'UPDATE workload SET owner_id = NULL WHERE org_id = $1'),
    mends: ({ org }) => sql(org, 'UPDATE workload SET owner_id = $2 WHERE org_id = $1', org.members.admin.actor.id),
  },
  owners: {
    breaks: ({ org }) => sql(org, 'UPDATE workload SET owner_id = NULL WHERE org_id = $1'),
    mends: ({ org }) => sql(org, 'UPDATE workload SET owner_id = $2 WHERE org_id = $1', org.members.admin.actor.id),
  },
  'critical.budget': {
    breaks: ({ org, budget }) => changed(org, budget, { mode: 'observe' }),
    mends: ({ org, budget }) => changed(org, budget, { mode: 'enforce' }),
  },
  stop_level: both(
    'threshold',
    `at_ppm = CASE kind WHEN 'stop' THEN 980000 ELSE at_ppm END`,
    `at_ppm = CASE kind WHEN 'stop' THEN 950000 ELSE at_ppm END`,
  ),
  'critical.enforcement': both('hold', `state = 'released', ended_at = authorised_at`, `state = 'open', ended_at = NULL`),
  'critical.levels': both('threshold', 'must_answer = false', 'must_answer = true'),
  'critical.policy': {
    breaks: ({ org, budget }) => changed(org, budget, { escalationPolicyId: null }),
    mends: ({ org, budget, policy }) => changed(org, budget, { escalationPolicyId: policy }),
  },
  'critical.fallback': both('workload', 'fallback_message = NULL', `fallback_message = 'Later.'`),
  'critical.features': {
    breaks: ({ org }) => sql(org, 'DELETE FROM feature WHERE org_id = $1'),
    mends: ({ org }) => org.run((ctx) => addFeature(ctx, { slug: 'support-bot', feature: { slug: 'chat' } }), NOON),
  },
  reachable: both('notice_attempt', 'ok = false', 'ok = true'),
  priced: { breaks: (world) => unpriced(world, false), mends: (world) => unpriced(world, true) },
  keys_pinned: both('api_key', 'pin_workload = NULL', `pin_workload = 'support-bot'`),
  keys_used: both('api_key', `last_used_at = '${LONG_AGO}'`, `last_used_at = '${toIso(NOON)}'`),
  second_admin: both(
    'member',
    `role = CASE role WHEN 'admin' THEN 'viewer' ELSE role END`,
    `role = CASE role WHEN 'viewer' THEN 'admin' ELSE role END`,
  ),
  outcomes: {
    breaks: ({ org }) => sql(org, 'DELETE FROM outcome WHERE org_id = $1'),
    mends: ({ org }) => sql(org, `INSERT INTO outcome (org_id, event_id, at, outcome) VALUES ($1, 'e1', $2, 'success')`, toIso(NOON)),
  },
};

it.each(Object.entries(FLIPS))('each tick flips and flips back: %s', async (key, { breaks, mends }) => {
  const world = await ready();
  const found = async () => CHECKS[key as CheckKey](await readFacts(world.org.ctx(NOON)));
  const before = await found();
  expect(before, before.say).toMatchObject({ done: true, gaps: [] });
  await breaks(world);
  const broken = await found();
  expect(broken).toMatchObject({ done: false, gaps: [{ href: expect.stringMatching(/^\//) }] });
  expect(broken.say).not.toBe(before.say);
  await mends(world);
  expect((await found()).done).toBe(true);
});

it('each tick flips and flips back: recoveries_signed', async () => {
  const facts = await readFacts((await anOrg()).ctx(NOON));
  const of = (unsigned: number) => CHECKS.recoveries_signed({ ...facts, breaches: [{ id: 'brc_1', budgetName: 'Support', unsigned }] });
  expect([of(0).done, of(2).done, of(0).done]).toEqual([true, false, true]);
  expect(of(2).gaps).toEqual([{ label: 'Support', say: '2 days are not signed off.', act: 'Sign', href: '/breaches/brc_1#days' }]);
});

it('every check that a guide asks for is flipped here', () => {
  expect([...Object.keys(FLIPS), 'recoveries_signed'].sort()).toEqual(Object.keys(CHECKS).sort());
});
