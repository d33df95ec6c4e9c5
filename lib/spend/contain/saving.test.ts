import { expect, it } from 'vitest';
import { measureUsual } from '@/lib/containment/effect/usual';
import { readAction } from '@/lib/containment/reads';
import type { ActionOut } from '@/lib/containment/schema';
import { reader } from '@/lib/db';
import { hours, type Instant, minus, plus, seconds } from '@/lib/kernel/instant';
import { type AuthorizeRequest, releaseIn, settleIn } from '@/lib/spend/schema';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { decided, expectTrue } from '@/lib/testing/budgets';
import { contain, letGo, ROUTE } from '@/lib/testing/containment';
import { randomOf } from '@/lib/testing/random-ledger';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

/** Nano-dollars a token, as the price list of the models says: $2.50 and $10, $0.15 and $0.60 a million. */
const PRICES = { 'gpt-4o': { input: 2_500n, output: 10_000n }, 'gpt-4o-mini': { input: 150n, output: 600n } };
type Units = { input: number; output: number };
const costOf = (model: keyof typeof PRICES, units: Units): bigint =>
  BigInt(units.input) * PRICES[model].input + BigInt(units.output) * PRICES[model].output;

/** What the answers said, written down beside the program: nothing of its own figures is used. */
type Diary = {
  refused: Map<string, { actionId: string; request: AuthorizeRequest }>;
  rerouted: { actionId: string; customer: string; saved: bigint }[];
  usual: Map<string, { settled: bigint; held: bigint }>;
};

const WORKLOADS = ['chat', 'search', 'summary'];
const CUSTOMERS = ['acme', 'globex', 'initech', undefined];

/** One call as a program makes it: asked for, and if it may, settled, given back or left open. */
async function call(org: TestOrg, diary: Diary, request: AuthorizeRequest, at: Instant, random: (below: number) => number): Promise<void> {
  const answer = await decided(org, { kind: 'authorize', request }, at);
  if (answer.decision === 'deny') {
    if (!diary.refused.has(request.idempotencyKey))
      diary.refused.set(request.idempotencyKey, { actionId: answer.actionId as string, request });
    return;
  }
  diary.refused.delete(request.idempotencyKey);
  const ends = random(10);
  const units = { input: random((request.maxUnits.input ?? 0) + 1), output: random((request.maxUnits.output ?? 0) + 1) };
  // Now and then the caller takes the dear model all the same.
  const model = random(12) === 0 ? 'gpt-4o' : (answer.model as keyof typeof PRICES);
  const isSettled = ends < 8;
  const later = plus(at, seconds(random(30)));
  if (isSettled) await decided(org, { kind: 'settle', request: settleIn.parse({ holdId: answer.holdId, units, model }) }, later);
  else if (ends === 8) await decided(org, { kind: 'release', request: releaseIn.parse({ holdId: answer.holdId }) }, later);
  if (answer.routedBy) {
    const saved = isSettled ? costOf('gpt-4o', units) - costOf(model, units) : 0n;
    diary.rerouted.push({ actionId: answer.routedBy, customer: request.customer ?? '', saved });
  } else if (isSettled && at < NOON) {
    const usual = diary.usual.get(request.workload) ?? { settled: 0n, held: 0n };
    const held = costOf('gpt-4o', request.maxUnits as Units);
    diary.usual.set(request.workload, { settled: usual.settled + costOf(model, units), held: usual.held + held });
  }
}

/** What an action came to, by the diary. */
function expected(diary: Diary, { id }: ActionOut) {
  const rerouted = diary.rerouted.filter((each) => each.actionId === id);
  const refused = [...diary.refused.values()].filter((each) => each.actionId === id).map(({ request }) => request);
  const notSpent = WORKLOADS.map((workload) => {
    const asked = refused
      .filter((each) => each.workload === workload)
      .reduce((sum, each) => sum + costOf('gpt-4o', each.maxUnits as Units), 0n);
    const { settled, held } = diary.usual.get(workload) ?? { settled: 0n, held: 1n };
    return (asked * settled) / held;
  });
  const customers = [...rerouted.map((each) => each.customer), ...refused.map((each) => each.customer ?? '')].filter(Boolean);
  return {
    callsAffected: rerouted.length + refused.length,
    customersAffected: new Set(customers).size,
    savedNanoUsd: String(rerouted.reduce((sum, each) => sum + each.saved, 0n)),
    notSpentNanoUsd: String(notSpent.reduce((sum, each) => sum + each, 0n)),
  };
}

it.each([1, 2, 3])(
  'saving equals recomputation (%i)',
  async (seed) => {
    const org = await anOrg();
    const random = randomOf(seed);
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    const diary: Diary = { refused: new Map(), rerouted: [], usual: new Map() };
    const aCall = (workload = pick(WORKLOADS)) =>
      anAsk({
        workload,
        customer: pick(CUSTOMERS),
        feature: pick(['images', undefined]),
        maxUnits: { input: random(2_000), output: random(900) },
      });
    for (const [n, workload] of [...WORKLOADS, ...WORKLOADS, ...WORKLOADS, ...WORKLOADS].entries())
      await call(org, diary, aCall(workload), plus(minus(NOON, hours(1)), seconds(n)), () => random(8));

    const actions = [
      await contain(org, { ...ROUTE, scope: { workload: 'chat' } }),
      await contain(org, { kind: 'rate_limit', scope: { workload: 'search' }, params: { callsPerMinute: 2 } }),
      await contain(org, { kind: 'disable_feature', scope: { workload: 'chat' }, params: { feature: 'images' } }),
      await contain(org, { scope: { workload: 'summary', customer: 'acme' } }),
    ];
    const made: AuthorizeRequest[] = [];
    let at = NOON;
    for (let n = 0; n < 100; n++) {
      at = plus(at, seconds(random(20)));
      // A third of the calls are one that was refused, asked for again by its key.
      const again = made.filter((each) => diary.refused.has(each.idempotencyKey));
      const request = again.length > 0 && random(3) === 0 ? pick(again) : aCall();
      made.push(request);
      await call(org, diary, request, at, random);
      if (n === 60) await letGo(org, actions[3] as ActionOut, at);
    }
    await org.run(measureUsual, at);

    for (const action of actions) expect(await readAction(org.ctx(at), action.id), action.kind).toMatchObject(expected(diary, action));
    // The same again from the rows of the calls, without what is added up by hour.
    const [rows] = await reader().query<{ saved: bigint; refused: bigint }>(
      `SELECT (SELECT coalesce(sum(saved_nano), 0)::int8 FROM hold_route WHERE org_id = $1) AS saved, (SELECT count(*) FROM contained_call WHERE org_id = $1) AS refused`,
      [org.orgId],
    );
    expect(rows).toEqual({ saved: diary.rerouted.reduce((sum, each) => sum + each.saved, 0n), refused: BigInt(diary.refused.size) });
    expect(diary.rerouted.length).toBeGreaterThan(5);
    await expectTrue(org);
  },
  120_000,
);
