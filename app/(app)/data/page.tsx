import type { Metadata } from 'next';
import { DataScreen } from '@/components/data/data-screen';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { env, publicUrl } from '@/lib/env';
import { booksOf } from '@/lib/insight/books';
import { readDataHealth } from '@/lib/insight/data/reads';
import { firstCallCommand } from '@/lib/insight/data/words';
import { toIso } from '@/lib/kernel/instant';
import { proofShown } from '@/lib/spend/proof/doors';
import { ledgerProofs } from '@/lib/spend/proof/prove-ledger';

export const metadata: Metadata = { title: 'Data' };

/** Data: can the figures be trusted? */
export default async function DataPage() {
  const { member, ctx } = await pageCaller('data.read');
  const { tx, orgId, now } = ctx;
  const [health, [proof], { calendar }, budgets] = await Promise.all([
    readDataHealth(ctx),
    ledgerProofs(tx, orgId, null, 1),
    booksOf(tx, orgId),
    tx.query<{ id: string; name: string }>('SELECT id, name FROM budget WHERE org_id = $1', [orgId]),
  ]);
  return (
    <DataScreen
      health={health}
      proof={proof ? proofShown(proof) : null}
      zone={calendar.zone}
      serverNow={toIso(now)}
      may={{ price: mayPass(member, 'price.write'), prove: mayPass(member, 'usage.correct') }}
      budgetNames={Object.fromEntries(budgets.map(({ id, name }) => [id, name]))}
      firstCall={firstCallCommand(publicUrl(env()), now)}
    />
  );
}
