import { hash } from 'node:crypto';
import type { Tx } from '@/lib/db';
import type { UnitPrices } from '@/lib/price/rules';

/** Prices that a hold was given by, and what they came from. */
export type HeldPrices = { id: string; ref: string; prices: UnitPrices };

const KEPT = 5_000;
const named = new WeakMap<UnitPrices, HeldPrices>();
const read = globalThis as { hardstopHeldPrices?: Map<string, HeldPrices>; hardstopHeldWritten?: Set<string> };

const pack = (prices: UnitPrices): string => JSON.stringify(prices, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));

/** Names a list of prices by its content, so that each is written once however many holds are given by it. */
export function nameHeldPrices(prices: UnitPrices, ref: string): HeldPrices {
  const known = named.get(prices);
  if (known?.ref === ref) return known;
  const one = { id: hash('sha256', `${ref} ${pack(prices)}`, 'hex').slice(0, 24), ref, prices };
  named.set(prices, one);
  return one;
}

/**
 * Writes lists of prices that are not known to be there yet. One of this very transaction counts as written only after its commit,
 * so the caller says `confirm` then.
 * @returns what to call once the transaction has committed
 */
export async function writeHeldPrices(tx: Tx, orgId: string, lists: Iterable<HeldPrices>): Promise<() => void> {
  read.hardstopHeldWritten ??= new Set();
  const written = read.hardstopHeldWritten;
  const fresh = new Map<string, HeldPrices>();
  for (const each of lists) if (!written.has(`${orgId} ${each.id}`)) fresh.set(each.id, each);
  if (fresh.size === 0) return () => undefined;
  const rows = [...fresh.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.query(
    `INSERT INTO held_prices (org_id, id, ref, prices) SELECT $1, w.* FROM unnest($2::text[], $3::text[], $4::jsonb[]) AS w ON CONFLICT DO NOTHING`,
    [orgId, rows.map((each) => each.id), rows.map((each) => each.ref), rows.map((each) => pack(each.prices))],
  );
  return () => {
    if (written.size > KEPT) written.clear();
    for (const { id } of rows) written.add(`${orgId} ${id}`);
  };
}

/** The prices that holds were given by, by id. */
export async function readHeldPrices(tx: Tx, orgId: string, ids: Iterable<string>): Promise<Map<string, HeldPrices>> {
  read.hardstopHeldPrices ??= new Map();
  const known = read.hardstopHeldPrices;
  const wanted = new Set([...ids].filter((id) => id !== '' && !known.has(id)));
  if (wanted.size > 0) {
    if (known.size > KEPT) known.clear();
    const rows = await tx.query<{ id: string; ref: string; prices: string }>(
      'SELECT id, ref, prices::text AS prices FROM held_prices WHERE org_id = $1 AND id = ANY($2)',
      [orgId, [...wanted]],
    );
    for (const { id, ref, prices } of rows) known.set(id, { id, ref, prices: unpack(prices) });
  }
  return known;
}

const unpack = (text: string): UnitPrices =>
  JSON.parse(text, (_, value) => (typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value)) as UnitPrices;
