import { randomUUID } from 'node:crypto';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { hours, minus, toIso } from '@/lib/kernel/instant';
import { answerRoomDoor, changePlanDoor, getPlanDoor, listPlansDoor } from '@/lib/recovery/doors';
import { resumeDoor } from '@/lib/recovery/stage/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { makeBudgetDoor, stopByHandDoor } from '@/lib/spend/limit/doors';
import type { TestOrg } from '@/lib/testing/an-org';
import type { Example } from './example';

/** The plan of a breach that a stop by hand opened, with the cause and the money said. */
const aPlan = async (org: TestOrg): Promise<string> => {
  const thresholds = [{ at: 0.95, kind: 'stop', mustAnswer: true }];
  const body = { name: 'Recovering', period: 'month', amount: '100', thresholds };
  const { id } = (await (await org.ask(makeBudgetDoor, 'admin', { body })).json()) as { id: string };
  await org.ask(stopByHandDoor, 'admin', { params: { id }, body: { reason: 'an example' } });
  const list = await org.ask(listPlansDoor, 'admin', { query: { budgetId: id } });
  const [plan] = ((await list.json()) as { items: { id: string }[] }).items;
  const params = { id: plan?.id ?? '' };
  await org.ask(answerRoomDoor, 'admin', { params, body: { room: 'raise' } });
  await org.ask(changePlanDoor, 'admin', { params, body: { cause: 'A loop', correctiveAction: 'A cap' } });
  return params.id;
};
const ofPlan = async (org: TestOrg, body?: unknown) => ({ params: { id: await aPlan(org) }, ...(body === undefined ? {} : { body }) });

const aResumedPlan = async (org: TestOrg): Promise<string> => {
  const id = await aPlan(org);
  await org.ask(resumeDoor, 'admin', { params: { id }, body: { percent: 1, why: 'an example' } });
  return id;
};

/** A plan with a daily entry, written straight: no day of a new plan has ended. */
const ofDay = async (org: TestOrg) => {
  const params = { id: await aPlan(org), date: '2026-01-02' };
  await reader().query(
    `INSERT INTO recovery_day (org_id, plan_id, date, correction, starts_at, ends_at, actual_nano, target_nano, percent, verdict, facts, written_at)
     VALUES ($1, $2, $3::date, 0, '2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z', 0, 0, NULL, 'held', $4, '2026-01-03T00:00:00Z')`,
    [org.orgId, params.id, params.date, HELD_FACTS],
  );
  return { params, body: { note: 'seen' } };
};
const HELD_FACTS = {
  ...{ calls: 0, refusedCalls: 0, newStops: 0, unpricedCalls: 0, staleSources: [], stoppedSeconds: 86_400, daySeconds: 86_400 },
  ...{ chargedNanoUsd: '0', isWholeDayAtStep: false, forecast: null, because: 'Nothing flowed.' },
};

const ofCheck = async (org: TestOrg) => {
  const id = await aPlan(org);
  const plan = (await (await org.ask(getPlanDoor, 'admin', { params: { id } })).json()) as { checks: { id: string }[] };
  return { params: { id, checkId: plan.checks[0]?.id ?? '' }, body: { done: true } };
};

/** A plan whose exit criteria are met: its figures are written straight. */
const aStablePlan = async (org: TestOrg): Promise<string> => {
  const id = await aPlan(org);
  const { orgId } = org;
  await reader().query('UPDATE recovery_check SET done_at = $3, done_by = $4 WHERE org_id = $1 AND plan_id = $2', [
    orgId,
    id,
    toIso(org.now),
    'test',
  ]);
  for (const day of [2, 3, 4]) {
    await reader().query(
      `INSERT INTO recovery_day (org_id, plan_id, date, correction, starts_at, ends_at, actual_nano, target_nano, percent, verdict, facts, written_at)
       VALUES ($1, $2, $3::date, 0, $4, $5, 1, 1, 100, 'stable', $6, $5)`,
      [
        ...[orgId, id, `2026-01-0${day}`, `2026-01-0${day - 1}T23:00:00Z`, `2026-01-0${day}T23:00:00Z`],
        { ...HELD_FACTS, calls: 1, isWholeDayAtStep: true },
      ],
    );
  }
  const { budgetId } = (await (await org.ask(getPlanDoor, 'admin', { params: { id } })).json()) as { budgetId: string };
  // Spend of two hours ago gives a run rate.
  const occurredAt = toIso(minus(await readClock(reader()), hours(2)));
  const record = {
    eventId: randomUUID(),
    occurredAt,
    workload: 'bot',
    provider: 'openai',
    model: 'gpt-4o',
    units: { input: 1, output: 1 },
  };
  await org.ask(ingestUsageDoor, 'usage:write', { body: { records: [record] } });
  if (!budgetId) throw new Error('the plan has no budget');
  return id;
};

export const RECOVERY_EXAMPLES: Record<string, Example> = {
  'GET /api/v1/recovery-plans/{id}': (org) => ofPlan(org),
  'PATCH /api/v1/recovery-plans/{id}': (org) => ofPlan(org, { cause: 'A loop' }),
  'POST /api/v1/recovery-plans/{id}/room': (org) => ofPlan(org, { room: 'wait' }),
  'POST /api/v1/recovery-plans/{id}/resume': (org) => ofPlan(org, { percent: 1, why: 'an example' }),
  'POST /api/v1/recovery-plans/{id}/step-back': async (org) => {
    const id = await aResumedPlan(org);
    await reader().query('UPDATE recovery_plan SET stage_percent = 5 WHERE org_id = $1 AND id = $2', [org.orgId, id]);
    return { params: { id }, body: { why: 'an example' } };
  },
  'POST /api/v1/recovery-plans/{id}/abort': async (org) => ({ params: { id: await aResumedPlan(org) }, body: { why: 'an example' } }),
  'POST /api/v1/recovery-plans/{id}/days/{date}/sign-off': ofDay,
  'POST /api/v1/recovery-plans/{id}/notes': (org) => ofPlan(org, { text: 'an example' }),
  'POST /api/v1/recovery-plans/{id}/checks': (org) => ofPlan(org, { text: 'an example' }),
  'PATCH /api/v1/recovery-plans/{id}/checks/{checkId}': ofCheck,
  'POST /api/v1/recovery-plans/{id}/close': async (org) => ({ params: { id: await aStablePlan(org) }, body: { summary: 'an example' } }),
  'GET /api/v1/recovery-plans/{id}/report': (org) => ofPlan(org),
  'GET /api/v1/recovery-plans/{id}/report.md': (org) => ofPlan(org),
};
