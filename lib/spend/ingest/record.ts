import { hash } from 'node:crypto';
import type { Pins } from '@/lib/context';
import { fieldFaults } from '@/lib/http/issues';
import type { FieldFault } from '@/lib/kernel/fault';
import { days, type Instant, minus, minutes, parseInstant, plus } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import { readUnits, type Units } from '@/lib/kernel/units';
import { CLEAN, type OUTCOMES, plainRecord, usageRecordIn } from './schema';

/** How far back and ahead of the clock a record may lie. */
export const OLDEST = days(400);
export const MOST_AHEAD = minutes(10);

/** A record that can be booked. A dimension that is missing is ''. */
export type UsageRecord = {
  eventId: string;
  occurredAt: Instant;
  workload: string;
  feature: string;
  provider: string;
  model: string;
  units: Units;
  /** What the source says it cost. */
  costNano: NanoUsd | null;
  customer: string;
  tags: Record<string, string>;
  trafficStage: string;
  responseId: string | null;
  holdId: string | null;
  outcome: (typeof OUTCOMES)[number] | null;
  quality: number | null;
  converted: boolean | null;
  latencyMs: number | null;
  /** SHA-256 of the record in one canonical form, hex: the same record however its JSON was written. */
  hash: string;
};

/** Stands in a batch for what could not be read as JSON. */
export class Unreadable {
  constructor(
    readonly detail: string,
    readonly text: string,
  ) {}
}

export type Reading = { kind: 'record'; record: UsageRecord } | { kind: 'rejected'; eventId: string | null; fault: FieldFault };

const MAX_TAGS = 32;

/**
 * Reads one record. What the key pins (workload, feature, customer, tags) is taken from the key, whatever the record says.
 * Codes: `field.*`, `usage.*` of the units, `usage.malformed`, `usage.bad_time`, `usage.too_old`, `usage.in_future`, `usage.too_many_tags`.
 */
export function readRecord(raw: unknown, pins: Pins | null, now: Instant): Reading {
  if (raw instanceof Unreadable) {
    return { kind: 'rejected', eventId: null, fault: { pointer: '', code: 'usage.malformed', detail: raw.detail } };
  }
  let sent = plainRecord(raw);
  if (sent === null) {
    const parsed = usageRecordIn.safeParse(raw, { reportInput: true });
    if (!parsed.success) return { kind: 'rejected', eventId: eventIdOf(raw), fault: fieldFaults(parsed.error)[0]! };
    sent = parsed.data;
  }
  const refuse = (pointer: string, code: string, detail: string): Reading => ({
    kind: 'rejected',
    eventId: sent.eventId,
    fault: { pointer, code, detail },
  });
  const at = parseInstant(sent.occurredAt);
  if (at === null) return refuse('/occurredAt', 'usage.bad_time', 'Send an ISO 8601 time with an offset, such as 2026-11-23T10:15:00Z.');
  if (at < minus(now, OLDEST)) return refuse('/occurredAt', 'usage.too_old', 'Usage is taken up to 400 days back.');
  if (at > plus(now, MOST_AHEAD))
    return refuse('/occurredAt', 'usage.in_future', 'This is more than 10 minutes ahead: set the clock of the sender.');
  const units = readUnits(sent.units);
  if (units.kind === 'refused') return { kind: 'rejected', eventId: sent.eventId, fault: units.errors[0]! };
  const workload = pins?.workload ?? sent.workload;
  if (!workload) return refuse('/workload', 'field.required', 'Name the workload this call was for, or use a key that pins one.');
  const tags = pins && Object.keys(pins.tags).length > 0 ? { ...sent.tags, ...pins.tags } : (sent.tags ?? {});
  if (Object.keys(tags).length > MAX_TAGS) return refuse('/tags', 'usage.too_many_tags', `Send at most ${MAX_TAGS} tags.`);
  const record: UsageRecord = {
    eventId: sent.eventId,
    occurredAt: at,
    workload,
    feature: pins?.feature ?? sent.feature ?? '',
    provider: sent.provider,
    model: sent.model,
    units: units.units,
    costNano: sent.costNanoUsd == null ? null : nanoUsd(BigInt(sent.costNanoUsd)),
    customer: pins?.customer ?? sent.customer ?? '',
    tags,
    trafficStage: sent.trafficStage ?? '',
    responseId: sent.responseId ?? null,
    holdId: sent.holdId ?? null,
    outcome: sent.outcome ?? null,
    quality: sent.quality ?? null,
    converted: sent.converted ?? null,
    latencyMs: sent.latencyMs ?? null,
    hash: '',
  };
  record.hash = hashOf(record);
  return { kind: 'record', record };
}

/** SHA-256 of what makes two records the same one: every field in a fixed order, keys of units and tags sorted. */
export function hashOf(r: UsageRecord): string {
  return hash(
    'sha256',
    JSON.stringify([
      ...[r.occurredAt, r.workload, r.feature, r.provider, r.model, sorted(r.units), r.costNano === null ? null : String(r.costNano)],
      ...[r.customer, sorted(r.tags), r.trafficStage, r.responseId, r.holdId, r.outcome, r.quality, r.converted, r.latencyMs],
    ]),
    'hex',
  );
}

function sorted(object: Record<string, unknown>): unknown[] {
  const keys = Object.keys(object);
  if (keys.length > 1) keys.sort();
  const pairs: unknown[] = [];
  for (const key of keys) pairs.push(key, object[key]);
  return pairs;
}

/** The event id of a record that could not be read, where it can be told. */
function eventIdOf(raw: unknown): string | null {
  const id = typeof raw === 'object' && raw !== null ? (raw as { eventId?: unknown }).eventId : null;
  return typeof id === 'string' && id.length > 0 && id.length <= 200 && CLEAN.test(id) ? id : null;
}
