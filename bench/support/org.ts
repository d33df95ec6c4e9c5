import { hashOfSecret, makeKeySecret } from '@/lib/auth/secrets';
import type { Scope } from '@/lib/context';
import { reader } from '@/lib/db';
import { fromDate } from '@/lib/kernel/instant';
import { type BareBudget, type BareOrg, bareOrg } from '@/lib/testing/bare-org';

const SCOPES: Scope[] = ['usage:write', 'spend:authorize', 'read', 'admin'];

/** An organisation whose key can be sent over HTTP: `secret` may write usage, ask, read and change. */
export async function benchOrg(budgets: BareBudget[]): Promise<BareOrg & { secret: string }> {
  const org = await bareOrg(budgets, fromDate(new Date()));
  const secret = makeKeySecret();
  await reader().query('UPDATE api_key SET secret_hash = $3, scopes = $4 WHERE org_id = $1 AND id = $2', [
    org.orgId,
    org.keyId,
    hashOfSecret(secret),
    SCOPES,
  ]);
  return { ...org, secret };
}
