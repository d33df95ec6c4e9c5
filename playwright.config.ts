import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { DIST_DIR } from './e2e/app';
import { BASE_URL, CLOCK_FILE, DATA_DIR, E2E_PORT, FIRST_NOW, INIT, moveClock } from './e2e/setup';

// This file is read by every process of a run; only the first, which starts the app, may set the clock.
if (process.env.TEST_WORKER_INDEX === undefined) moveClock(FIRST_NOW);

/** The app that tests share: the real start script, with folders, a port and a clock of its own, so that a running `npm start` is left alone. */
const theSharedApp: PlaywrightTestConfig['webServer'] = {
  command: `"${process.execPath}" --import tsx scripts/start.ts`,
  wait: { stdout: /Hardstop is ready/ },
  timeout: 180_000,
  gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  env: {
    ...INIT,
    PORT: String(E2E_PORT),
    HOST: '127.0.0.1',
    PUBLIC_URL: BASE_URL,
    DATABASE_URL: '',
    HARDSTOP_DATA_DIR: DATA_DIR,
    HARDSTOP_DIST_DIR: DIST_DIR,
    HARDSTOP_TEST: '1',
    HARDSTOP_CLOCK_FILE: CLOCK_FILE,
    NODE_ENV: 'production',
  },
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  // A busy machine draws later; what never comes fails all the same.
  expect: { timeout: 15_000 },
  use: {
    baseURL: BASE_URL,
    // A trace doubles what a test costs; of what fails, the page as text and as a picture is kept. `--trace on` writes one when it is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(process.env.PW_CHROMIUM && { executablePath: process.env.PW_CHROMIUM }),
      // Chromium refuses its sandbox to root, as which containers run tests.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  // Whoever runs only tests with an app of their own needs no other.
  ...(process.env.E2E_NO_SHARED_APP === undefined && { webServer: theSharedApp }),
});
