import type { Instant } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Calendar } from '@/lib/kernel/period';
import type { Units } from '@/lib/kernel/units';

/** What kind of fact a row is. `correction`, `reprice` and `adjustment` change what an earlier row said; they alone may be negative. */
export const ENTRY_KINDS = ['usage', 'settlement', 'presumed', 'correction', 'reprice', 'adjustment'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** How a row's amount is known. `actual` spend is priced + stated + adjusted. */
export const BASES = ['priced', 'stated', 'presumed', 'unpriced', 'adjusted'] as const;
export type Basis = (typeof BASES)[number];

/** What a call was for. A dimension that is missing is '', never null; team and cost centre are as they were then. */
export type Dims = {
  workload: string;
  feature: string;
  provider: string;
  model: string;
  trafficStage: string;
  customer: string;
  tags: Record<string, string>;
  team: string;
  costCentre: string;
  unassigned: boolean;
};

/** A ledger row to be written. Rows never change: a correction is a pair of rows, one that takes back and one that puts in. */
export type NewEntry = Dims & {
  kind: EntryKind;
  eventId: string | null;
  holdId: string | null;
  /** The id of the row that this one corrects. */
  corrects: bigint | null;
  occurredAt: Instant;
  /** Decides period and rollup: `occurredAt` of reported usage, `authorisedAt` of an asked call. */
  bookedAt: Instant;
  receivedAt: Instant;
  modelCalled: string;
  /** Where the answer came from another model than was asked for: budgets match on the asked one. */
  askedProvider: string | null;
  askedModel: string | null;
  source: string;
  responseId: string | null;
  units: Units;
  /** 1 in the row that first books a call, −1 and 1 in the two rows of a correction, else 0. A row's units count as its call does. */
  calls: -1 | 0 | 1;
  basis: Basis;
  amountNano: NanoUsd;
  /** What the source said it cost, where that is not the amount. */
  statedNano: NanoUsd | null;
  priceRef: string | null;
  latencyMs: number | null;
  late: boolean;
  apiKeyId: string | null;
};

/** Whose ledger, and how its rollups are cut: hours and days of the calendar's zone, labels for the registered tags. */
export type Books = { orgId: string; calendar: Calendar; labelTags: readonly string[] };

/** Stands for the key where usage was written without one: by a person, or by the program itself. */
export const KEYLESS = '';
