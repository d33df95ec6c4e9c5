import type { Context } from '@/lib/context';
import { reader } from '@/lib/db';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Organisation, Rate } from './schema';

export type OrganisationRow = {
  id: string;
  name: string;
  zone: string;
  week_start: number;
  fiscal_year_start: number;
  currency: string;
  label_tags: string[];
  sample_since: Instant | null;
  created_at: Instant;
  version: number;
};

/** An organisation's row as the API shows it. */
export const organisationFrom = (row: OrganisationRow): Organisation => ({
  id: row.id,
  name: row.name,
  zone: row.zone,
  weekStart: row.week_start,
  fiscalYearStart: row.fiscal_year_start,
  currency: row.currency,
  labelTags: row.label_tags,
  sampleSince: row.sample_since === null ? null : toIso(row.sample_since),
  createdAt: toIso(row.created_at),
  etag: etagOf(row.version),
});

const COLUMNS = 'id, name, zone, week_start, fiscal_year_start, currency, label_tags, sample_since, created_at, version';

/** The organisation of the context. @param lock keeps it from changing until the transaction ends · @throws Fault organisation.not_found */
export async function readOrganisation(ctx: Context, lock = false): Promise<OrganisationRow> {
  const [row] = await ctx.tx.query<OrganisationRow>(`SELECT ${COLUMNS} FROM organisation WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`, [
    ctx.orgId,
  ]);
  if (!row) throw new Fault('organisation.not_found', 'This organisation does not exist any more.');
  return row;
}

/** Whether anyone has been set up here: without an organisation every page leads to the first form. */
export async function isSetUp(): Promise<boolean> {
  return (await reader().query('SELECT 1 FROM organisation LIMIT 1')).length > 0;
}

export type RateRow = {
  currency: string;
  nano_usd_per_unit: bigint;
  set_at: Instant;
  set_by: string;
  created_at: Instant;
  version: number;
};

export const RATE_COLUMNS = 'currency, nano_usd_per_unit, set_at, set_by, created_at, version';

const NANO = 1_000_000_000n;

/** Nano-dollars as decimal dollars without needless zeros: 1083400000 is "1.0834". */
function decimal(nano: bigint): string {
  const fraction = String(nano % NANO)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nano / NANO}${fraction === '' ? '' : `.${fraction}`}`;
}

export const rateFrom = (row: RateRow): Rate => ({
  id: row.currency,
  currency: row.currency,
  usdPerUnit: decimal(row.nano_usd_per_unit),
  nanoUsdPerUnit: String(row.nano_usd_per_unit),
  setAt: toIso(row.set_at),
  setBy: row.set_by,
  createdAt: toIso(row.created_at),
  etag: etagOf(row.version),
});

/** The rates that amounts in other currencies are turned into dollars by. */
export async function listRates(ctx: Context): Promise<Rate[]> {
  const rows = await ctx.tx.query<RateRow>(`SELECT ${RATE_COLUMNS} FROM currency_rate WHERE org_id = $1 ORDER BY currency`, [ctx.orgId]);
  return rows.map(rateFrom);
}
