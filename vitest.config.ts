import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    include: ['{app,bench,components,lib,scripts,sdk,server}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/.next*/**', 'e2e/**'],
    env: {
      AUTH_SECRET: 'kY3vTnq8ZrW1mXoB6uJd0fLhPa5sCeGi',
      HARDSTOP_ENCRYPTION_KEY: 'S2VwdCBieSB0ZXN0cyBhbG9uZSwgMzIgYnl0ZXMuLi4=',
      PUBLIC_URL: 'http://hardstop.test',
    },
    globalSetup: ['scripts/testing/global-setup.ts'],
    // The tests' Postgres has its own share of the machine.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
