import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const RESULTS = path.resolve(import.meta.dirname, '..', 'results');

/** Where the figures come from; without it they mean nothing. */
export type Machine = { cores: number; cpu: string; memoryGiB: number; node: string; postgres: string; loadBefore: number };

async function machineOf(url: string): Promise<Machine> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  const [first] = cpus();
  return {
    cores: cpus().length,
    cpu: first?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres: rows[0]?.server_version ?? 'unknown',
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

export type Row = Record<string, string | number>;

const shown = (value: string | number | undefined): string =>
  typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 }) : (value ?? '');

/** Rows as a table in Markdown, one column a key. */
function tableOf(rows: Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => `| ${names.map((each) => shown(row[each])).join(' | ')} |`);
  return [`| ${names.join(' | ')} |`, `|${names.map(() => ' --- |').join('')}`, ...lines].join('\n');
}

/** Says the machine at once, so that a reader knows whether to wait. @returns prints a table of the rows with the same columns each, and writes all to bench/results/<name>.json */
export async function report(name: string, url: string): Promise<(rows: Row[]) => void> {
  const machine = await machineOf(url);
  console.log(
    `${name}: ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${machine.node}, Postgres ${machine.postgres}, load ${machine.loadBefore} before`,
  );
  return (rows) => {
    for (const alike of Map.groupBy(rows, (row) => Object.keys(row).join()).values()) console.log(`\n${tableOf(alike)}`);
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(path.join(RESULTS, `${name}.json`), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  };
}

/** Says how far a run has come, and about how long the rest takes by what its parts took so far. @returns is called after each part */
export function progress(parts: number): () => void {
  const began = performance.now();
  let done = 0;
  return () => {
    done += 1;
    const left = ((performance.now() - began) / done) * (parts - done);
    const words = left < 90_000 ? `${Math.round(left / 1_000)} s` : `${Math.round(left / 60_000)} min`;
    console.log(`${done} of ${parts} measured${done < parts ? `, about ${words} left` : ''}`);
  };
}
