import pg from 'pg';
import { parseInstant } from '@/lib/kernel/instant';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

function parser(oid: number): ((text: string) => unknown) | undefined {
  if (oid === INT8) return BigInt;
  if (oid === NUMERIC || oid === DATE) return (text) => text;
  if (oid === TIMESTAMPTZ) {
    return (text) => {
      const at = parseInstant(text);
      if (at === null) throw new Error(`Postgres sent a time this program cannot read: ${text}`);
      return at;
    };
  }
  return undefined;
}

/** How values of Postgres are read. */
export const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parser(oid) ?? pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

type Wire = { connection?: { stream?: { readonly writableCorked: number; cork(): void; uncork(): void } } };

/** Lets what is sent in one turn leave in one write: waking Postgres for each statement costs more than most of them. */
export function sendTogether(client: object): void {
  const stream = (client as Wire).connection?.stream;
  if (!stream || stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
