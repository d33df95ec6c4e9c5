import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where the tests' clock begins: a Tuesday morning, in the middle of a month, a quarter and a year. */
export const FIRST_NOW = '2026-11-24T10:15:00Z';

/** The organisation that the app makes at its first start, as a company without a browser would set it up. */
export const INIT = {
  HARDSTOP_INIT_ORG: 'Acme',
  HARDSTOP_INIT_OWNER_EMAIL: 'ada@acme.test',
  HARDSTOP_INIT_OWNER_PASSWORD: 'a long way up the analytical hill',
  HARDSTOP_INIT_API_KEY: 'hs_live_e2e0e2e0e2e0e2e0e2e0e2e0e2e0',
};

/** The run's own folder: its database, its secrets and its clock. Made by the first process that asks, found by the others. */
function runFolder(): string {
  if (process.env.HARDSTOP_E2E_FOLDER === undefined) {
    const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-e2e-'));
    // Where Postgres has an account of its own, that must pass through.
    chmodSync(folder, 0o711);
    process.env.HARDSTOP_E2E_FOLDER = folder;
  }
  return process.env.HARDSTOP_E2E_FOLDER;
}

export const E2E_PORT = Number(process.env.E2E_PORT ?? 3111);
export const BASE_URL = `http://127.0.0.1:${E2E_PORT}`;
export const CLOCK_FILE = path.join(runFolder(), 'now');
export const DATA_DIR = path.join(runFolder(), 'data');

/** Moves the clock that the whole app asks. @param iso with an offset, e.g. `2026-12-01T00:00:00Z` */
export function moveClock(iso: string): void {
  writeFileSync(CLOCK_FILE, iso);
}
