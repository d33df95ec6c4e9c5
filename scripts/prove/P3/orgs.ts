import { hashOfSecret, makeKeySecret } from '@/lib/auth/secrets';
import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { minutes, plus } from '@/lib/kernel/instant';
import { changeProvider } from '@/lib/provider/change';
import { expireHolds } from '@/lib/spend/hold/expire';
import { bareOrg } from '@/lib/testing/bare-org';
import type { PayingOrg } from './callers';

const actor: Context['actor'] = { kind: 'system', id: 'prove', name: 'Proof' };

/** An organisation whose two providers are at an address, with one budget that is never reached. */
export async function payingOrg(baseUrl: string): Promise<PayingOrg> {
  const now = await readClock(reader());
  const { orgId } = await bareOrg([{ amount: '1000000' }], now);
  const secret = makeKeySecret();
  await transaction(async (tx) => {
    await tx.query("UPDATE api_key SET secret_hash = $2, scopes = '{gateway}' WHERE org_id = $1", [orgId, hashOfSecret(secret)]);
    const ctx: Context = { actor, orgId, requestId: 'prove', now, tx };
    for (const slug of ['openai', 'anthropic']) await changeProvider(ctx, slug, { baseUrl, apiKey: 'sk-of-the-proof' }, null);
  });
  return { orgId, secret };
}

/** Lets every hold that is still open run out: what nobody accounted for is presumed. */
export async function expireAll(orgId: string): Promise<void> {
  const some = () =>
    transaction(async (tx) => expireHolds({ actor, orgId, requestId: 'prove', tx, now: plus(await readClock(tx), minutes(11)) }));
  while ((await some()) > 0);
}
