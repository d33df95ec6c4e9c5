import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { days, type Instant, minus, parseInstant, toIso } from '@/lib/kernel/instant';
import { freshBook } from './book';
import { PRICE_COLUMNS, type PriceRow, priceOutOf } from './row';
import { type Book, priceOf } from './rules';
import type { PriceIn, PriceOut } from './schema';

/** As far back as usage is taken. */
const BEGINNING = days(401);

/**
 * Sets prices over the catalogue's. They count for what is booked from now on, and for what had no price; nothing that was priced
 * changes. Call it with the budget set locked alone, and reprice in the same transaction (`lib/spend/reprice`).
 * @throws Fault price.conflict when one begins where another of the same unit does · price.bad_dates
 */
export async function addPrices(ctx: Context, prices: readonly PriceIn[]): Promise<PriceOut[]> {
  const book = await freshBook(ctx.tx, ctx.orgId);
  const added: PriceOut[] = [];
  for (const price of prices) added.push(await addPrice(ctx, price, beginningOf(ctx, price, book)));
  await bumpPriceVersion(ctx);
  return added;
}

/** Tells every process that its book of this organisation is out of date. */
export async function bumpPriceVersion(ctx: Context): Promise<void> {
  await ctx.tx.query('UPDATE organisation SET price_version = price_version + 1 WHERE id = $1', [ctx.orgId]);
}

/** When a price begins: as said; else now, or, for a unit that nobody has a price for, with the oldest usage that is taken. */
function beginningOf(ctx: Context, price: PriceIn, book: Book): Instant | null {
  if (price.effectiveFrom !== undefined) return parseInstant(price.effectiveFrom);
  const known = priceOf(book, price.provider, price.model, ctx.now);
  return known.kind === 'priced' && known.unitPrices[price.unit] !== undefined ? ctx.now : minus(ctx.now, BEGINNING);
}

async function addPrice(ctx: Context, price: PriceIn, from: Instant | null): Promise<PriceOut> {
  const to = price.effectiveTo == null ? null : parseInstant(price.effectiveTo);
  if (from === null || (to !== null && to <= from)) {
    const detail = 'A price ends after it begins.';
    throw new Fault('price.bad_dates', detail, { errors: [{ pointer: '/effectiveTo', code: 'price.bad_dates', detail }] });
  }
  const rows = await ctx.tx.query<PriceRow>(
    `INSERT INTO price (org_id, id, provider, model, unit, nano_per_million, effective_from, effective_to, source, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (org_id, provider, model, unit, effective_from) WHERE ended_at IS NULL DO NOTHING RETURNING ${PRICE_COLUMNS}`,
    [
      ...[ctx.orgId, makeId('prc', ctx.now), price.provider, price.model, price.unit, BigInt(price.nanoUsdPerMillion)],
      ...[toIso(from), to === null ? null : toIso(to), price.source, ctx.actor.id, toIso(ctx.now)],
    ],
  );
  if (rows.length === 0) {
    throw new Fault(
      'price.conflict',
      'Another price of this model and unit begins at the same moment. End that one, or begin this one later.',
    );
  }
  const added = priceOutOf(only(rows));
  await audit(ctx, 'price.added', { kind: 'price', id: added.id }, null, added);
  return added;
}
