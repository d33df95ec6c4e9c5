import { only, type Tx } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { hours, plus } from '@/lib/kernel/instant';
import type { Book } from '@/lib/price/rules';
import { foldName, foldScope, namesOf } from './names';
import { ACTION_COLUMNS, type ActionRow } from './rows';
import type { ActiveAction } from './rules';
import type { FeatureParams, RateLimitParams, RouteParams } from './schema';

/** Everything that contains an organisation's spend now, in the order of ids. */
export type ContainmentSet = {
  version: number;
  /** The book that models are named by: with another one the set is read anew. */
  book: Book;
  actions: readonly ActiveAction[];
  /** Whether a call has ever been sent to another model here: only then are settled holds looked at for what that saved. */
  hasRouted: boolean;
  /** Until when a key refused by an action may come again and be let pass: only until then is an allow looked up among the refused. */
  refusedUntil: Instant;
};

const cache = globalThis as { hardstopContainment?: Map<string, ContainmentSet> };
const KEPT_ORGANISATIONS = 1_000;

/** How long after the end of an action a key that it refused may be let pass and is then no longer counted as not spent. */
const COMES_AGAIN = hours(1);

/**
 * What contains an organisation's spend, read anew when its version or its book has changed. Call it under `lockBudgetSet`.
 * @param version as it was read in this transaction
 */
export async function containmentSet(tx: Tx, orgId: string, version: number, book: Book, now: Instant): Promise<ContainmentSet> {
  cache.hardstopContainment ??= new Map();
  const known = cache.hardstopContainment.get(orgId);
  if (known?.version === version && known.book === book) return known;
  const set = await readSet(tx, orgId, version, book, now);
  if (cache.hardstopContainment.size >= KEPT_ORGANISATIONS) cache.hardstopContainment.clear();
  cache.hardstopContainment.set(orgId, set);
  return set;
}

/** The version that the set is held against, for whoever has not read it with something else. */
export async function containmentVersion(tx: Tx, orgId: string): Promise<number> {
  const rows = await tx.query<{ version: number }>(
    'SELECT containment_version AS version FROM organisation WHERE id = $1',
    [orgId],
    'containment_version',
  );
  return only(rows).version;
}

async function readSet(tx: Tx, orgId: string, version: number, book: Book, now: Instant): Promise<ContainmentSet> {
  const rows = await tx.query<ActionRow>(
    `SELECT ${ACTION_COLUMNS} FROM containment_action a WHERE a.org_id = $1 AND a.started_at IS NOT NULL AND a.ended_at IS NULL ORDER BY a.id`,
    [orgId],
  );
  const { routed, ended } = only(
    await tx.query<{ routed: boolean; ended: Instant | null }>(
      `SELECT coalesce(bool_or(kind = 'route'), false) AS routed, max(ended_at) FILTER (WHERE kind <> 'route') AS ended
         FROM containment_action WHERE org_id = $1 AND started_at IS NOT NULL`,
      [orgId],
    ),
  );
  const refuses = rows.some((row) => row.kind !== 'route');
  const refusedUntil = refuses ? (Number.POSITIVE_INFINITY as Instant) : ended === null ? (0 as Instant) : plus(ended, COMES_AGAIN);
  return { version, book, actions: rows.map((row) => activeOf(row, book, now)), hasRouted: routed, refusedUntil };
}

function activeOf(row: ActionRow, book: Book, now: Instant): ActiveAction {
  const own = {
    id: row.id,
    scope: foldScope(row.scope, row.unassigned, book, now),
    startedAt: row.startedAt as Instant,
    expiresAt: row.expiresAt,
  };
  if (row.kind === 'block') return { ...own, kind: 'block' };
  if (row.kind === 'rate_limit') return { ...own, kind: 'rate_limit', limit: row.params as RateLimitParams };
  if (row.kind === 'disable_feature') {
    const { feature } = row.params as FeatureParams;
    return { ...own, kind: 'disable_feature', feature, folded: foldName(feature) };
  }
  const { from, to } = row.params as RouteParams;
  return { ...own, kind: 'route', from: namesOf(book, from.provider, from.model, now), to };
}
