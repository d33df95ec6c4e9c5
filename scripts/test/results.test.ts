import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { playwrightOutcomes, summary, vitestOutcomes } from './results';

const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-report-'));
afterAll(() => rmSync(folder, { recursive: true }));
function report(content: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}
const aFile = (status: string, ...tests: [string, string][]) => ({
  name: '/p/lib/a.test.ts',
  status,
  assertionResults: tests.map(([fullName, status]) => ({ fullName, status, duration: 5 })),
});

describe('what a run is counted as', () => {
  it('is one for each test, none for one that was left out', () => {
    const file = report({ testResults: [aFile('failed', ['adds', 'passed'], ['divides', 'failed'], ['later', 'skipped'])] });
    expect(vitestOutcomes(file, '/p')).toEqual([
      { name: 'lib/a.test.ts › adds', passed: true, milliseconds: 5 },
      { name: 'lib/a.test.ts › divides', passed: false, milliseconds: 5 },
    ]);
  });

  it('is a failure for a file that broke outside its tests, and for a report that is missing', () => {
    expect(vitestOutcomes(report({ testResults: [aFile('failed')] }), '/p')).toMatchObject([{ passed: false }]);
    expect(vitestOutcomes(path.join(folder, 'none'), '/p')).toMatchObject([{ passed: false }]);
    expect(playwrightOutcomes(path.join(folder, 'none'))).toMatchObject([{ passed: false }]);
  });

  it('takes specs however deep they lie, and a flaky one for failed', () => {
    const spec = (title: string, status: string) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, results: [{ duration: 7 }, { duration: 3 }] }],
    });
    const file = report({
      errors: [],
      suites: [{ specs: [spec('one', 'expected')], suites: [{ specs: [spec('two', 'flaky'), spec('three', 'skipped')] }] }],
    });
    expect(playwrightOutcomes(file)).toEqual([
      { name: 'e2e/a.spec.ts › one', passed: true, milliseconds: 10 },
      { name: 'e2e/a.spec.ts › two', passed: false, milliseconds: 10 },
    ]);
  });

  it('is a failure when the browser tests could not run at all', () => {
    expect(playwrightOutcomes(report({ suites: [], errors: [{ message: 'no server' }] }))).toMatchObject([{ passed: false }]);
  });
});

it('ends with the slowest tests and the count alone on the last line', () => {
  const outcomes = Array.from({ length: 12 }, (_, at) => ({ name: `t${at}`, passed: at !== 3, milliseconds: at * 100 }));
  const lines = summary(outcomes).split('\n');
  expect(lines.slice(0, 3)).toEqual(['The 10 slowest tests:', '     1.10 s  t11', '     1.00 s  t10']);
  expect(lines).toContain('  t3');
  expect(lines.at(-1)).toBe('11 passed, 1 failed');
});
