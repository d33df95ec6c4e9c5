import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One test, or one check that has no tests of its own. */
export type Outcome = { name: string; passed: boolean; milliseconds: number };

type VitestReport = {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string; duration?: number | null }[] }[];
};
type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs?: { title: string; file: string; tests: { status: string; results: { duration: number }[] }[] }[];
};

const COUNTED = new Set(['passed', 'failed']);

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}

/** The tests of a Vitest report; a file that could not even be loaded counts as one failure, a missing report too. */
export function vitestOutcomes(file: string, root: string): Outcome[] {
  const report = read<VitestReport>(file);
  if (report === null) return [{ name: 'vitest did not report', passed: false, milliseconds: 0 }];
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const place = path.relative(root, name);
    const tests = assertionResults.filter((test) => COUNTED.has(test.status));
    if (status === 'failed' && tests.every((test) => test.status === 'passed'))
      return [{ name: `${place} failed outside its tests`, passed: false, milliseconds: 0 }];
    return tests.map((test) => ({
      name: `${place} › ${test.fullName}`,
      passed: test.status === 'passed',
      milliseconds: test.duration ?? 0,
    }));
  });
}

function* specsOf(suite: PlaywrightSuite): Generator<Outcome> {
  for (const { title, file, tests } of suite.specs ?? []) {
    for (const test of tests) {
      if (test.status === 'skipped') continue;
      const milliseconds = test.results.reduce((sum, each) => sum + each.duration, 0);
      yield { name: `e2e/${file} › ${title}`, passed: test.status === 'expected', milliseconds };
    }
  }
  for (const inner of suite.suites ?? []) yield* specsOf(inner);
}

/** The tests of a Playwright report; a missing report counts as one failure. A test that passed only when repeated failed. */
export function playwrightOutcomes(file: string): Outcome[] {
  const report = read<PlaywrightSuite & { errors?: unknown[] }>(file);
  if (report === null) return [{ name: 'playwright did not report', passed: false, milliseconds: 0 }];
  const outcomes = [...specsOf(report)];
  return (report.errors ?? []).length > 0 ? [...outcomes, { name: 'playwright could not run', passed: false, milliseconds: 0 }] : outcomes;
}

/** The end of a run in words: the slowest tests, those that failed, and the count alone on the last line. */
export function summary(outcomes: Outcome[], slowest = 10): string {
  const slow = [...outcomes].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, slowest);
  const failed = outcomes.filter((each) => !each.passed);
  const lines = [
    `The ${slow.length} slowest tests:`,
    ...slow.map((each) => `  ${(each.milliseconds / 1_000).toFixed(2).padStart(7)} s  ${each.name}`),
  ];
  if (failed.length > 0) lines.push('Failed:', ...failed.map((each) => `  ${each.name}`));
  return [...lines, `${outcomes.length - failed.length} passed, ${failed.length} failed`].join('\n');
}
