import { makeId } from '@/lib/kernel/ids';
import { minutes, plus } from '@/lib/kernel/instant';
import { nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import { insertHolds } from '@/lib/spend/hold/rows';
import { insertLease } from '@/lib/spend/lease/rows';
import type { TestOrg } from '@/lib/testing/an-org';
import type { Example } from './example';

/** A lease that has used all that it was given: what the budgets of these tests would say of a new one is not its matter. */
async function ofLease(org: TestOrg) {
  const id = makeId('hld', org.now);
  const call = { workload: 'bot', feature: '', provider: 'openai', model: 'gpt-4o', modelCalled: 'gpt-4o', trafficStage: '' };
  await org.run(async (ctx) => {
    await insertHolds(ctx, [
      {
        ...{ ...call, customer: '', tags: {}, team: '', costCentre: '', unassigned: true },
        ...{ id, apiKeyId: org.keys['spend:authorize'].id, idempotencyKey: id, requestHash: '', state: 'open', maxUnits: {}, pricesId: '' },
        ...{ held: ZERO_USD, periodIds: [], observedIds: [], observed: null, authorisedAt: ctx.now, expiresAt: plus(ctx.now, minutes(1)) },
        ...{ settled: null, settledOf: null, settledHash: null, isLease: true },
      },
    ]);
    await insertLease(ctx, id, nanoUsd(1n));
  });
  return { params: { id } };
}

export const LEASE_EXAMPLES: Record<string, Example> = {
  'POST /api/v1/leases/{id}/settle': async (org) => ({ ...(await ofLease(org)), body: { underwayNanoUsd: '0', records: [] } }),
  'DELETE /api/v1/leases/{id}': ofLease,
};
