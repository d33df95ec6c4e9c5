import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/** A cell: text that a spreadsheet would take for a formula is escaped, a number is not. */
export type Cell = string | number | bigint | null;

/** Writes one line; waits while the reader is slow, throws when it has gone. */
export type WriteLine = (cells: Cell[]) => Promise<void>;

/** A reader that takes nothing for this long has gone: what it holds up is let go. */
const STALLED_MS = 30_000;

/** An answer of CSV (RFC 4180): a header, then the lines as they are written. @param name the file's name, without its ending */
export function csvResponse(name: string, header: readonly string[], writeAll: (write: WriteLine) => Promise<void>): Response {
  const out = stringify({ header: true, columns: [...header], escape_formulas: true });
  // A reader that goes destroys the stream; the next write says so.
  out.on('error', () => undefined);
  const write: WriteLine = async (cells) => {
    if (out.destroyed) throw new Error('the reader of a file has gone');
    if (!out.write(cells)) await drained(out);
  };
  writeAll(write).then(
    () => out.end(),
    (error: Error) => out.destroy(error),
  );
  const headers = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-store',
  };
  return new Response(Readable.toWeb(out) as ReadableStream, { headers });
}

async function drained(out: ReturnType<typeof stringify>): Promise<void> {
  const stalled = setTimeout(() => out.destroy(new Error('the reader of a file takes nothing any more')), STALLED_MS);
  await new Promise((resume) => out.once('drain', resume).once('close', resume));
  clearTimeout(stalled);
}
