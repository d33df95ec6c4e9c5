import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { toIso } from '@/lib/kernel/instant';
import { type Page, page, placeOf } from '@/lib/kernel/pages';
import { mayAnswer } from '../may-answer';
import { isAtAdmins, stationAfter, targetsAt } from '../policy/rules';
import { type BreachRow, readBreachRow, SELECT_BREACH } from '../row';
import { titleOf } from '../rules';
import type { BreachDetailOut, BreachesQuery, BreachOut } from '../schema';
import { type Beside, besideOf } from './beside';
import { type Names, namesOf } from './names';
import { timelineOf } from './timeline';

const isoOrNull = (at: BreachRow['closedAt']): string | null => (at === null ? null : toIso(at));

/** Breaches, newest first. */
export async function listBreaches(ctx: Context, query: BreachesQuery): Promise<Page<BreachOut>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<BreachRow>(
    `${SELECT_BREACH} WHERE r.org_id = $1 AND ($2::text IS NULL OR r.id < $2) AND ($3::text IS NULL OR r.phase = $3)
        AND ($4::bool IS NULL OR (r.closed_at IS NULL) = $4) AND ($5::bool IS NULL OR (r.answered_at IS NOT NULL) = $5)
        AND ($6::text IS NULL OR r.budget_id = $6) ORDER BY r.id DESC LIMIT $7`,
    [
      ...[ctx.orgId, place?.[0] ?? null, query.phase ?? null, boolOf(query.open), boolOf(query.answered), query.budgetId ?? null],
      query.limit + 1,
    ],
  );
  const paged = page(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.id],
  );
  return { ...paged, items: await withAll(ctx, paged.items) };
}

const boolOf = (text: 'true' | 'false' | undefined): boolean | null => (text === undefined ? null : text === 'true');

/** One breach with its time line. @throws Fault breach.not_found */
export async function readBreach(ctx: Context, id: string): Promise<BreachDetailOut> {
  const row = await readBreachRow(ctx, id);
  const [breach] = await withAll(ctx, [row]);
  return { ...(breach as BreachOut), timeline: await timelineOf(ctx, id) };
}

async function withAll(ctx: Context, rows: BreachRow[]): Promise<BreachOut[]> {
  if (rows.length === 0) return [];
  const beside = await besideOf(ctx, rows);
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => [
      ...[row.budgetOwnerId, row.answeredBy, row.closedBy].flatMap((each) => each ?? []),
      ...[...nextTargets(row), ...(beside.get(row.id)?.lastTold ?? [])],
    ]),
  );
  const mine = await Promise.all(rows.map((row) => mayAnswer(ctx, row)));
  return rows.map((row, i) => viewOf(row, beside.get(row.id) as Beside, names, mine[i] === true));
}

const nextTargets = (row: BreachRow): string[] => (row.nextClimbAt === null ? [] : targetsAt(row.policy, stationAfter(row.policy, row)));

function viewOf(row: BreachRow, beside: Beside, names: Names, mine: boolean): BreachOut {
  const nameOrNull = (word: string | null) => (word === null ? null : names(word));
  const { level = null, ...figuresThen } = row.figures;
  const { policy } = row;
  const named = (target: string) => ({ target, name: names(target) });
  return {
    ...{ id: row.id, createdAt: toIso(row.openedAt), etag: etagOf(row.version) },
    budget: { id: row.budgetId, name: row.budgetName, ownerId: row.budgetOwnerId, ownerName: nameOrNull(row.budgetOwnerId) },
    ...{ budgetId: row.budgetId, workload: row.workload, periodId: row.periodId, cause: row.cause, critical: row.critical },
    title: titleOf({ ...row, level }, beside.zone),
    ...{ phase: row.phase, openedAt: toIso(row.openedAt), level, figuresThen, figuresNow: beside.figuresNow },
    ...{ stopIds: beside.stopIds, isStopped: beside.isStopped, actionIds: beside.actionIds, planId: beside.planId },
    ...{ answeredBy: row.answeredBy, answeredByName: nameOrNull(row.answeredBy), answeredAt: isoOrNull(row.answeredAt) },
    ...{ answerNote: row.answerNote, answerExpiresAt: isoOrNull(row.answerExpiresAt) },
    mayAnswer: mine && row.phase !== 'closed' && row.answeredAt === null,
    foundCause: row.foundCause,
    ...{ closedAt: isoOrNull(row.closedAt), closedBy: row.closedBy, closedByName: nameOrNull(row.closedBy), summary: row.summary },
    policy: { id: row.policyId, name: policy.name, acknowledgeExpiresMinutes: policy.acknowledgeExpiresMinutes },
    climb: {
      ...{ climb: row.climb, round: row.round, rounds: policy.repeats + 1, step: row.step, steps: policy.steps.length },
      ...{ isAtAdmins: isAtAdmins(policy, row), told: beside.lastTold.map(named) },
      ...{ nextAt: isoOrNull(row.nextClimbAt), next: nextTargets(row).map(named) },
    },
  };
}
