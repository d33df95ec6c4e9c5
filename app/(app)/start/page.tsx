import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { GuardSteps } from '@/components/first-run/guard-steps';
import { Ways } from '@/components/first-run/ways';
import { firstLine, type Step } from '@/components/first-run/words';
import { PageHeader } from '@/components/shell/page-header';
import { type PageCaller, pageCaller } from '@/lib/auth/page';
import { rightsOf } from '@/lib/auth/rights';
import { ledgerRows } from '@/lib/insight/records';
import { days, minus, plus, toIso } from '@/lib/kernel/instant';
import { readOrganisation } from '@/lib/org/reads';
import { organisationsOf } from '@/lib/org/session/reads';
import { proposeBudget, readGuard } from '@/lib/setup/guard/reads';
import { GUARD_STEPS, type GuardStep } from '@/lib/setup/guard/rules';
import { MakeBudget } from './make-budget';
import { LeaveTheSample, OpenTheSample } from './sample';
import { SendFirstCall } from './send-first-call';

export const metadata: Metadata = { title: 'First run' };

const STEPS: Record<GuardStep, { label: string; href: string }> = {
  call: { label: 'first call', href: '/start' },
  priced: { label: 'every call priced', href: '/settings/prices' },
  budget: { label: 'budget', href: '/budgets/new' },
  enforce: { label: 'enforce', href: '/budgets' },
  pinned: { label: 'pinned key', href: '/settings/keys' },
  second_admin: { label: 'second admin', href: '/settings/members' },
};

const WAYS = [
  { key: 'send', label: 'Send a call', text: 'One line in a terminal. About a minute.', href: '/start' },
  {
    key: 'sample',
    label: 'Open the sample',
    text: 'A company with months of usage, marked as sample, removed in one press.',
    href: '/start?how=sample',
  },
];

/** The address by which this person came: what their terminal reaches too. */
async function reachedAt(): Promise<string> {
  const given = await headers();
  return `${given.get('x-forwarded-proto') ?? 'http'}://${given.get('x-forwarded-host') ?? given.get('host') ?? 'localhost'}`;
}

/** The call that came in last, within a month. */
async function lastCall({ ctx }: PageCaller) {
  const within = { from: minus(ctx.now, days(30)), to: plus(ctx.now, days(1)), filters: [] };
  const [row] = await ledgerRows(ctx.tx, ctx.orgId, within, { after: null, limit: 1 });
  if (!row) return null;
  const { id, workload, provider, model, units, basis, amountNano, priceRef, receivedAt } = row;
  return {
    id: String(id),
    workload,
    provider,
    model,
    units,
    basis,
    amountNanoUsd: String(amountNano),
    priceRef,
    receivedAt: toIso(receivedAt),
  };
}

/** From nothing to guarded: a first call, a first budget, and what is left, all of it as it stands now. */
export default async function StartPage({ searchParams }: { searchParams: Promise<{ how?: string | string[] }> }) {
  const caller = await pageCaller('org.read');
  const { ctx, member } = caller;
  const [{ how }, organisation, guard, proposal, last, belongings] = await Promise.all([
    searchParams,
    readOrganisation(ctx),
    readGuard(ctx),
    proposeBudget(ctx),
    lastCall(caller),
    organisationsOf(ctx, member.personId),
  ]);
  const rights = rightsOf(member);
  const steps: Step[] = GUARD_STEPS.map((key) => ({ key, done: guard[key], ...STEPS[key] }));
  const own = belongings.find((each) => !each.isSample);
  const isSample = organisation.sample_since !== null;
  const current = how === 'sample' ? 'sample' : 'send';
  const refused = (right: (typeof rights)[number], what: string) => (rights.includes(right) ? null : what);
  return (
    <>
      <PageHeader
        trail={[{ label: 'First run' }]}
        title={isSample ? 'This is the sample: every figure in it is made up.' : firstLine(steps, proposal?.workload ?? null)}
      />
      <div className="grid max-w-[960px] gap-4">
        {isSample && own ? (
          <LeaveTheSample own={own} mayRemove={own.role === 'admin'} />
        ) : (
          <>
            <GuardSteps steps={steps} />
            <Ways ways={WAYS} current={current} />
            {current === 'send' ? (
              <SendFirstCall
                base={await reachedAt()}
                since={toIso(ctx.now)}
                zone={organisation.zone}
                last={last}
                refused={refused('key.write', 'Keys are made by admins: ask one of them for a key that writes usage.')}
              />
            ) : (
              <OpenTheSample refused={refused('sample.write', 'The sample is opened by admins: ask one of them.')} />
            )}
            {proposal ? (
              <MakeBudget proposal={proposal} refused={refused('budget.write', 'Budgets are made by analysts and admins.')} />
            ) : null}
          </>
        )}
      </div>
    </>
  );
}
