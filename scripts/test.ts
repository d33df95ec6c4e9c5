/** `npm test`: types, lint, rules and verbs on a real Postgres, promises in a real browser. The last line counts them all. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser, NO_BROWSER } from './browser';
import { anyPort } from './free-port';
import { type Outcome, playwrightOutcomes, summary, vitestOutcomes } from './test/results';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-tests-'));
chmodSync(folder, 0o711);
const started = performance.now();
const outcomes: Outcome[] = [];

function runNode(title: string, command: string[], variables: Record<string, string> = {}): Outcome {
  console.log(`\n[${((performance.now() - started) / 1_000).toFixed(0)} s] ${title}`);
  const begun = performance.now();
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...variables } });
  return { name: title, passed: status === 0, milliseconds: performance.now() - begun };
}

outcomes.push(runNode('The types agree', ['node_modules/typescript/bin/tsc', '--noEmit']));
outcomes.push(runNode('The code is formatted and clean', ['node_modules/@biomejs/biome/bin/biome', 'ci', '.']));

const vitest = path.join(folder, 'vitest.json');
const unit = runNode('Rules, verbs and processes', [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitest}`,
]);
outcomes.push(...vitestOutcomes(vitest, root));
if (!unit.passed && outcomes.every((each) => each.passed)) outcomes.push(unit);

const browser = await findBrowser();
if (browser === null) {
  console.error(NO_BROWSER);
  outcomes.push({ name: 'There is a browser', passed: false, milliseconds: 0 });
} else {
  const playwright = path.join(folder, 'playwright.json');
  const variables = {
    PW_CHROMIUM: browser,
    E2E_PORT: String(await anyPort()),
    HARDSTOP_E2E_FOLDER: folder,
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwright,
  };
  const e2e = runNode('Promises in a browser', ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], variables);
  const specs = playwrightOutcomes(playwright);
  outcomes.push(...specs);
  if (!e2e.passed && specs.every((each) => each.passed)) outcomes.push(e2e);
}

rmSync(folder, { recursive: true, force: true });
console.log(`\n[${((performance.now() - started) / 1_000).toFixed(0)} s] Done.\n${summary(outcomes)}`);
process.exitCode = outcomes.every((each) => each.passed) ? 0 : 1;
