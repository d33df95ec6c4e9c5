import { budgetSet, lockBudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import type { NewEntry } from '@/lib/ledger/entry';
import { writeEntries } from '@/lib/ledger/write-entries';
import { chargeEntries } from '@/lib/spend/charge';
import { seenWorkloads } from '@/lib/workload/seen';

/** Spend as a test says it: an amount in nano-dollars, and what it was for. */
export type Spend = Partial<NewEntry> & { workload?: string; nano: bigint; at?: Instant };

let booked = 0;

/** Books reported spend in the given transaction, the way every writer does: shared set, workloads, ledger and rollups, then budgets. */
export async function bookUsage(ctx: Context, spends: Spend[]): Promise<void> {
  await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
  const set = await budgetSet(ctx.tx, ctx.orgId);
  const slugs = spends.map((each) => each.workload ?? 'support-bot');
  const seen = await seenWorkloads(ctx.tx, set, slugs, ctx.now);
  const entries = spends.map(({ nano, at = ctx.now, ...part }, i): NewEntry => {
    const workload = seen.get(slugs[i] as string);
    return {
      ...{ kind: 'usage', eventId: `booked-${++booked}`, holdId: null, corrects: null, occurredAt: at, bookedAt: at, receivedAt: ctx.now },
      ...{ workload: slugs[i] as string, feature: '', provider: 'openai', model: 'gpt-4o', modelCalled: 'gpt-4o', askedProvider: null },
      ...{ askedModel: null, trafficStage: workload?.trafficStage ?? '', customer: '', tags: {}, team: workload?.team ?? '' },
      ...{ costCentre: workload?.costCentre ?? '', unassigned: !workload?.adopted, source: 'api', responseId: null, units: { input: 10 } },
      ...{
        calls: 1,
        basis: 'priced',
        amountNano: nanoUsd(nano),
        statedNano: null,
        priceRef: 'catalogue:test',
        latencyMs: null,
        late: false,
      },
      apiKeyId: null,
      ...part,
    };
  });
  await writeEntries(ctx.tx, set, entries);
  await chargeEntries(ctx, set, entries, 'unasked');
}
