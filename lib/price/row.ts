import { type Instant, toIso } from '@/lib/kernel/instant';
import type { PriceOut } from './schema';

/** An override as the database has it. */
export type PriceRow = {
  id: string;
  provider: string;
  model: string;
  unit: string;
  nano_per_million: bigint;
  effective_from: Instant;
  effective_to: Instant | null;
  source: 'override' | 'contract';
  created_by: string;
  created_at: Instant;
  ended_at: Instant | null;
  version: number;
};

export const PRICE_COLUMNS =
  'id, provider, model, unit, nano_per_million, effective_from, effective_to, source, created_by, created_at, ended_at, version';

/** An override as the API shows it. One that never came into effect ended before it began. */
export const priceOutOf = (row: PriceRow): PriceOut => ({
  id: row.id,
  provider: row.provider,
  model: row.model,
  unit: row.unit,
  nanoUsdPerMillion: String(row.nano_per_million),
  effectiveFrom: toIso(row.effective_from),
  effectiveTo: row.ended_at !== null ? toIso(row.effective_from) : row.effective_to === null ? null : toIso(row.effective_to),
  source: row.source,
  createdAt: toIso(row.created_at),
  createdBy: row.created_by,
  etag: `"${row.version}"`,
});
