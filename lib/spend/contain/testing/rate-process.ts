/** A process of its own that decides over the database it is given, as another replica would. */
import { closePool, reader } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { Op } from '@/lib/spend/decide/ops';
import { authorizeIn, settleIn } from '@/lib/spend/schema';

/** A call as a test plans it: when, of how many tokens at most, and how many it then used; null leaves it open. */
export type Planned = { key: string; at: Instant | null; tokens: number; used: number | null };
export type Orders = { orgId: string; keyId: string; calls: Planned[] };
/** What was let pass, by the planned call's key, and the reasons of the rest. */
export type Report = { allowed: string[]; reasons: string[] };

async function decideOne({ orgId, keyId }: Orders, { key, at, tokens, used }: Planned): Promise<string | null> {
  const by = { keyId, pins: { tags: {} } };
  const ask = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: tokens, output: 0 }, idempotencyKey: key };
  const authorize: Op = { kind: 'authorize', ...by, request: authorizeIn.parse(ask) };
  const [outcome] = await decideTogether(orgId, [authorize], at ?? undefined);
  if (!outcome || 'fault' in outcome) throw outcome?.fault ?? new Error('no outcome');
  const answer = outcome.answer as { decision: string; reason?: string; holdId?: string };
  if (answer.decision !== 'allow') return answer.reason ?? 'none';
  if (used !== null) {
    const request = settleIn.parse({ holdId: answer.holdId, units: { input: used } });
    await decideTogether(orgId, [{ kind: 'settle', ...by, request }], at ?? undefined);
  }
  return null;
}

async function obey(orders: Orders): Promise<Report> {
  const report: Report = { allowed: [], reasons: [] };
  const waiting = [...orders.calls];
  // A few at once, as requests come.
  const worker = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) {
      const reason = await decideOne(orders, call);
      if (reason === null) report.allowed.push(call.key);
      else report.reasons.push(reason);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return report;
}

process.on('message', (orders: Orders) => {
  obey(orders)
    .then((report) => process.send?.(report))
    .catch((error: unknown) => process.send?.({ failed: String(error) }));
});
process.on('disconnect', () => void closePool().finally(() => process.exit(0)));
await reader().query('SELECT 1');
process.send?.('ready');
