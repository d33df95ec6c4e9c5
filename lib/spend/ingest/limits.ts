import type { FieldFault } from '@/lib/kernel/fault';
import { nanoUsd } from '@/lib/kernel/money';
import { inputTotal, OUTPUT_KINDS, type Units } from '@/lib/kernel/units';
import type { Book } from '@/lib/price/rules';
import type { UsageRecord } from './record';

/** No single call costs more: 100,000 dollars. Such a record is a mistake of units, or a bill that belongs among the charges. */
export const DEAREST_CALL = nanoUsd(100_000n * 1_000_000_000n);

/** Catalogues round windows down (1,000,000 for 1,048,576), so a quarter is let pass. */
const SLACK = 1.25;

const windows = new WeakMap<Book, Map<string, number | null>>();

/** The most tokens that a model takes and gives in one call, where the catalogue knows it. It does not change with time. */
function windowOf(book: Book, { provider, model, occurredAt }: UsageRecord): number | null {
  const known = windows.get(book) ?? new Map<string, number | null>();
  windows.set(book, known);
  const name = `${provider}\0${model}`;
  let window = known.get(name);
  if (window === undefined) {
    window = book.catalogue.find(provider, model, occurredAt)?.contextWindow ?? null;
    if (known.size >= 10_000) known.clear();
    known.set(name, window);
  }
  return window;
}

function tokensOf(units: Units): number {
  let total = inputTotal(units);
  for (const kind of OUTPUT_KINDS) total += units[kind] ?? 0;
  return total;
}

/** What is wrong with a record that no call of its model can have used; null where nothing is. */
export function faultOfSize(record: UsageRecord, amountNano: bigint, book: Book): FieldFault | null {
  const window = windowOf(book, record);
  if (window !== null && tokensOf(record.units) > window * SLACK) {
    const detail = `${record.model} takes at most ${window} tokens a call. Send one record a call, with units in tokens.`;
    return { pointer: '/units', code: 'usage.above_model_limit', detail };
  }
  if (amountNano > DEAREST_CALL) {
    const detail = 'This call would cost more than 100,000 dollars. Send one record a call, with units in tokens.';
    return { pointer: record.costNano === null ? '/units' : '/costNanoUsd', code: 'usage.too_dear', detail };
  }
  return null;
}
