import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type APIRequestContext, test as base, request } from '@playwright/test';
import { type App, aDataFolder, aRunningApp } from './app';
import { CLOCK_FILE, FIRST_NOW, INIT } from './setup';

/** An app of a test's own, with an empty database, whose clock the test may move. */
export type OwnApp = App & {
  /** @param iso with an offset, e.g. `2026-12-01T00:00:00Z` */
  moveClock(iso: string): void;
  /** Where its database lies. */
  folder: string;
  /** Asks it as a program with every right. */
  api: APIRequestContext;
};

type Fixtures = {
  /** Asks the shared app as a program with every right. */
  api: APIRequestContext;
  /** How the own app is started: with the first organisation made, unless a test says otherwise. */
  ownVariables: Record<string, string>;
  /** Started when a test asks for it and ended after it. Whoever moves the clock needs one: the shared app's serves everyone. */
  ownApp: OwnApp;
};

const BY_KEY = { authorization: `Bearer ${INIT.HARDSTOP_INIT_API_KEY}` };

/** Starts an app of one's own. Tests that leave each other's traces alone share one: `beforeAll` starts it and `afterAll` ends it. */
export async function anOwnApp(variables: Record<string, string> = INIT): Promise<{ app: OwnApp; end(): Promise<void> }> {
  const { folder, remove } = aDataFolder();
  const clock = path.join(folder, 'now');
  const moveClock = (iso: string) => writeFileSync(clock, iso);
  moveClock(FIRST_NOW);
  const app = await aRunningApp({ ...variables, HARDSTOP_DATA_DIR: folder, HARDSTOP_TEST: '1', HARDSTOP_CLOCK_FILE: clock });
  const api = await request.newContext({ baseURL: app.url, extraHTTPHeaders: BY_KEY });
  const end = async () => {
    await api.dispose();
    app.signal('SIGTERM');
    await app.ended;
    remove();
  };
  return { app: { ...app, moveClock, folder, api }, end };
}

export const test = base.extend<Fixtures>({
  page: async ({ page }, use) => {
    // The browser's clock starts where the app's stands; what is shown as "now" or "ago" then agrees.
    await page.clock.setSystemTime(readFileSync(CLOCK_FILE, 'utf8'));
    await use(page);
  },
  api: async ({ playwright, baseURL }, use) => {
    const api = await playwright.request.newContext({ ...(baseURL !== undefined && { baseURL }), extraHTTPHeaders: BY_KEY });
    await use(api);
    await api.dispose();
  },
  ownVariables: [INIT, { option: true }],
  ownApp: async ({ ownVariables }, use) => {
    const { app, end } = await anOwnApp(ownVariables);
    await use(app);
    await end();
  },
});

export { expect } from '@playwright/test';
