import { acknowledge } from '@/lib/breach/answer';
import { listBreaches, readBreach } from '@/lib/breach/read/breaches';
import type { BreachDetailOut, BreachOut } from '@/lib/breach/schema';
import { reader } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import type { TestOrg, Who } from './an-org';
import { NOON } from './bare-org';

/** Levels of a budget whose contain and stop someone must answer for. */
export const ANSWERED = [
  { at: 0.5, kind: 'notify', tell: ['budget_owner'] },
  { at: 0.8, kind: 'contain', mustAnswer: true, tell: ['budget_owner'] },
  { at: 0.95, kind: 'stop', mustAnswer: true, tell: ['budget_owner'] },
];

/** Breaches that are not closed, newest first. */
export const openBreaches = async (org: TestOrg, now = NOON): Promise<BreachOut[]> =>
  (await listBreaches(org.ctx(now), { limit: 50, open: 'true' })).items;

export const breachOf = (org: TestOrg, id: string, now = NOON, who: Who = 'admin'): Promise<BreachDetailOut> =>
  readBreach(org.ctx(now, who), id);

/** Acknowledges as someone. */
export const acknowledged = (org: TestOrg, breachId: string, who: Who = 'escalation_owner', now = NOON, note: string | null = null) =>
  org.run((ctx) => acknowledge(ctx, { breachId, note }), now, who);

export type FoundNotice = {
  key: string;
  kind: string;
  via: string;
  member: string | null;
  channel: string | null;
  state: string;
  title: string;
};

/** The notices of an organisation in the order of their keys. */
export const noticesOf = (org: TestOrg, kind?: string): Promise<FoundNotice[]> =>
  reader().query<FoundNotice>(
    `SELECT key, kind, via, member_id AS member, channel_id AS channel, state, title FROM notice
      WHERE org_id = $1 AND ($2::text IS NULL OR kind = $2) ORDER BY key`,
    [org.orgId, kind ?? null],
  );

export type FoundFiring = { at: number; rearmed: boolean; observed: boolean };

/** The levels that have fired, in their order. */
export const firingsOf = (org: TestOrg, budgetId: string): Promise<FoundFiring[]> =>
  reader().query<FoundFiring>(
    `SELECT at_ppm / 1e6::float8 AS at, rearmed_at IS NOT NULL AS rearmed, observed FROM threshold_firing
      WHERE org_id = $1 AND budget_id = $2 ORDER BY fired_at, rearmed_at NULLS LAST, at_ppm`,
    [org.orgId, budgetId],
  );

/** The stations of a breach's climbs that were told, as `climb.round.step`. */
export const stationsOf = async (breachId: string): Promise<string[]> =>
  (
    await reader().query<{ place: string }>(
      `SELECT concat_ws('.', detail ->> 'climb', detail ->> 'round', detail ->> 'step') AS place FROM breach_event
        WHERE breach_id = $1 AND kind = 'told' ORDER BY n`,
      [breachId],
    )
  ).map((row) => row.place);

export const at = (from: Instant, minutes: number): Instant => (from + minutes * 60_000_000) as Instant;
