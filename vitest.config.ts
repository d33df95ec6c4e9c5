import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait more than they work, for processes to start and clocks to pass. Begun last they would be waited for alone. */
const PATIENT = /scripts\/prove\/|lib\/sample\/|server\/jobs|server\/real-hour/;

class PatientFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isPatient = (file: TestSpecification) => PATIENT.test(file.moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isPatient), ...sorted.filter((file) => !isPatient(file))];
  }
}

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
    // One more than the two cores that are asked for: some wait more than they work.
    maxWorkers: 3,
    sequence: { sequencer: PatientFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
