import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { requireVersion } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { RATE_COLUMNS, type RateRow, rateFrom } from './reads';
import type { Rate } from './schema';

/** Decimal dollars as whole nano-dollars; the text has at most nine decimals. */
function nanoOf(usd: string): bigint {
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.padEnd(9, '0'));
}

/**
 * Sets the rate of a currency. Periods that have begun keep the rate they were made with.
 * @param usdPerUnit decimal dollars for one unit · @param ifMatch the version the caller has seen, null when it did not say
 * @throws Fault currency.is_dollar · etag.mismatch
 */
export async function setRate(ctx: Context, currency: string, usdPerUnit: string, ifMatch: number | null): Promise<Rate> {
  if (currency === 'USD') throw new Fault('currency.is_dollar', 'A dollar is a dollar: set the rate of another currency.');
  const [before] = await ctx.tx.query<{ nano_usd_per_unit: bigint; version: number }>(
    'SELECT nano_usd_per_unit, version FROM currency_rate WHERE org_id = $1 AND currency = $2 FOR UPDATE',
    [ctx.orgId, currency],
  );
  // A rate that nobody has set has no version that anyone could have seen.
  requireVersion(before?.version ?? 0, ifMatch);
  const row = only(
    await ctx.tx.query<RateRow>(
      `INSERT INTO currency_rate (org_id, currency, nano_usd_per_unit, set_at, set_by, created_at) VALUES ($1, $2, $3, $4, $5, $4)
       ON CONFLICT (org_id, currency) DO UPDATE SET nano_usd_per_unit = excluded.nano_usd_per_unit, set_at = excluded.set_at, set_by = excluded.set_by,
         version = currency_rate.version + 1
       RETURNING ${RATE_COLUMNS}`,
      [ctx.orgId, currency, nanoOf(usdPerUnit), toIso(ctx.now), ctx.actor.id],
    ),
  );
  const after = rateFrom(row);
  await audit(
    ctx,
    'currency_rate.set',
    { kind: 'currency_rate', id: currency },
    before ? { nanoUsdPerUnit: String(before.nano_usd_per_unit) } : null,
    { nanoUsdPerUnit: after.nanoUsdPerUnit },
  );
  return after;
}
