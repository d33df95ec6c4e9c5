import { hashOfSecret, makeKeySecret } from '@/lib/auth/secrets';
import { makePolicy } from '@/lib/breach/policy/write';
import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, minus, minutes, toIso } from '@/lib/kernel/instant';
import { makeChannel } from '@/lib/notice/channel/make';
import { addBudgets, type BareOrg, bareOrg } from '@/lib/testing/bare-org';

/** An organisation whose every stop must be answered for, and whom it tells: a webhook, a chat, and a person. */
export type CrossingOrg = BareOrg & { secret: string; crossings: number };

const A_DAY_IN_MINUTES = 1_440;

async function aMember(ctx: Context): Promise<void> {
  const [id, personId] = [makeId('mem', ctx.now), makeId('per', ctx.now)];
  const at = toIso(ctx.now);
  await ctx.tx.query('INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)', [
    personId,
    `${id}@prove.test`,
    'On call',
    at,
  ]);
  await ctx.tx.query(
    `INSERT INTO member (org_id, id, person_id, role, duties, joined_at, created_at) VALUES ($1, $2, $3, 'admin', '{escalation_owner}', $4, $4)`,
    [ctx.orgId, id, personId, at],
  );
}

export async function crossingOrg(urls: { webhook: string; slack: string }): Promise<CrossingOrg> {
  const now = await readClock(reader());
  const org = await bareOrg([{ amount: '1000000' }], now);
  const secret = makeKeySecret();
  await transaction(async (tx) => {
    const ctx: Context = { actor: { kind: 'system', id: 'prove', name: 'Proof' }, orgId: org.orgId, requestId: 'prove', now, tx };
    await tx.query('UPDATE api_key SET secret_hash = $2 WHERE org_id = $1', [org.orgId, hashOfSecret(secret)]);
    await aMember(ctx);
    const webhook = await makeChannel(ctx, { kind: 'webhook', name: 'Webhook', config: { url: urls.webhook } });
    const slack = await makeChannel(ctx, { kind: 'slack', name: 'Slack', config: { url: urls.slack } });
    const targets = ['escalation_owner', `channel:${webhook.id}`, `channel:${slack.id}`];
    const steps = [{ targets, minutesToAcknowledge: A_DAY_IN_MINUTES }];
    await makePolicy(ctx, { name: 'All at once', steps, repeats: 0, acknowledgeExpiresMinutes: null, isDefault: true });
  });
  return { ...org, secret, crossings: 0 };
}

/** Makes budgets and the records that take each past its stop. A record that was sent is sent again until it is answered. */
export async function cross(org: CrossingOrg, count: number, ports: readonly number[], now: Instant): Promise<void> {
  const names = Array.from({ length: count }, () => `w-${++org.crossings}`);
  await addBudgets(
    org,
    names.map((workload) => ({ name: workload, amount: '0.001', workload })),
  );
  await reader().query(`UPDATE threshold SET must_answer = true WHERE org_id = $1 AND NOT must_answer`, [org.orgId]);
  const records = names.map((workload) => ({
    ...{ eventId: `${org.orgId} ${workload}`, occurredAt: toIso(minus(now, minutes(1))), workload, provider: 'openai', model: 'gpt-4o' },
    units: { input: 1_000, output: 500 },
  }));
  for (let turn = 0; !(await send(org, records, ports[turn % ports.length] as number)); turn++);
}

/** @returns whether it was answered that all are on the books */
async function send(org: CrossingOrg, records: object[], port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/usage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ records }),
      signal: AbortSignal.timeout(20_000),
    });
    const said = (await response.json()) as { accepted?: number; duplicates?: number };
    return response.ok && (said.accepted ?? 0) + (said.duplicates ?? 0) === records.length;
  } catch {
    // Killed under the request: whether it was booked is not known, so it is sent again under the same ids.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return false;
  }
}
