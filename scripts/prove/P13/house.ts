import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PlantedFault } from './fault';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Made by installing, building or running: not part of the house that is copied. */
const LEFT_OUT = /^(node_modules|\.git|\.next.*|\.data|test-results|playwright-report)$/;

/** What a test run said of one planted fault: `caught` when the test ran and failed. */
export type Verdict = { caught: boolean; said: string };

/** A copy of the project in a folder of its own, in which faults may be planted without touching the project. */
export type House = {
  /** Where the copy lies. */
  folder: string;
  /** Plants a fault, does something, and takes the fault back. @throws Error when the text is not there once */
  withFault<Answer>(fault: PlantedFault, act: () => Promise<Answer>): Promise<Answer>;
  /** Plants a fault, runs the test that must fail, and takes the fault back. @throws Error when the text is not there once */
  attempt(fault: PlantedFault): Promise<Verdict>;
  remove(): void;
};

/** Takes a text that must stand exactly once in a file. @throws Error saying how often it stands there */
export function planted(text: string, fault: PlantedFault): string {
  const times = text.split(fault.from).length - 1;
  if (times !== 1) throw new Error(`${fault.at}: the text of the fault for "${fault.test}" stands there ${times} times, not once.`);
  return text.replace(fault.from, () => fault.to);
}

/** Copies the project beside its real-traffic folder, so that tests find what they find at home. */
export function copyHouse(): House {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-faults-'));
  // Where Postgres has an account of its own, that must reach its binaries in here.
  chmodSync(folder, 0o711);
  const copy = path.join(folder, 'main');
  for (const name of readdirSync(ROOT)) if (!LEFT_OUT.test(name)) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  copyModules(copy);
  symlinkSync(path.resolve(ROOT, '../shared'), path.join(folder, 'shared'));
  async function withFault<Answer>(fault: PlantedFault, act: () => Promise<Answer>): Promise<Answer> {
    const file = path.join(copy, fault.at);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, planted(whole, fault));
    try {
      return await act();
    } finally {
      writeFileSync(file, whole);
    }
  }
  return {
    ...{ folder: copy, withFault },
    attempt: (fault) => withFault(fault, () => runTest(copy, fault)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Pages are built only from packages that lie inside the project: hard links where the file system has them, else a link to all. */
function copyModules(copy: string): void {
  const [from, to] = [path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules')];
  if (spawnSync('cp', ['-al', from, to], { stdio: 'ignore' }).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  symlinkSync(from, to);
}

const asPattern = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What the runners say of tests that ran and failed; a file that could not even be loaded is counted under `Test Files` alone. */
const TESTS_FAILED = { browser: /^ +\d+ failed$/m, other: /^ +Tests +\d+ failed/m };

/** Runs one test by its name and hears whether it ran and failed: a test that was not found, or could not be loaded, catches nothing. */
function runTest(copy: string, fault: PlantedFault): Promise<Verdict> {
  const inBrowser = fault.in.startsWith('e2e/');
  const command = inBrowser
    ? ['node_modules/@playwright/test/cli.js', 'test', fault.in, '-g', asPattern(fault.test), '--reporter=line']
    : ['node_modules/vitest/vitest.mjs', 'run', fault.in, '-t', asPattern(fault.test), '--reporter=dot'];
  return new Promise((done) => {
    const child = spawn(process.execPath, command, { cwd: copy, env: { ...process.env, NO_COLOR: '1' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
    child.once('close', (code) => done({ caught: code !== 0 && TESTS_FAILED[inBrowser ? 'browser' : 'other'].test(said), said }));
  });
}
