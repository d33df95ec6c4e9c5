import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { anyPort } from '../../free-port';

type Step = { title: string; error?: { message?: string }; steps?: Step[] };
type Suite = {
  suites?: Suite[];
  specs?: { title: string; tests: { status: string; results: { steps?: Step[]; errors?: { message?: string }[] }[] }[] }[];
};

/** How a run of the story ended: whole, or at which of its steps, and why. */
export type Ending = { passed: boolean; failedAt: string | null; why: string; seconds: number };

/** Runs a program of Node in a folder. @returns what it said, and whether it ended well */
export function run(folder: string, command: string[], variables: Record<string, string> = {}): Promise<{ ok: boolean; said: string }> {
  return new Promise((done) => {
    const env = { ...process.env, NO_COLOR: '1', ...variables };
    const child = spawn(process.execPath, command, { cwd: folder, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
    child.once('close', (code) => done({ ok: code === 0, said }));
  });
}

/** Makes the pages of a copy, or lets those that are there serve on. @throws Error with what the build said */
export async function pages(folder: string, how: 'build' | 'keep'): Promise<void> {
  const { ok, said } = await run(folder, ['--import', 'tsx', 'scripts/prove/story/pages.ts', how], { NODE_ENV: 'production' });
  if (!ok) throw new Error(`The pages could not be made:\n${said.slice(-3_000)}`);
}

/** Tells the story in a folder, and hears at which step it ended. @param browser the Chromium to tell it in */
export async function tell(folder: string, browser: string): Promise<Ending> {
  const report = path.join(folder, 'story.json');
  rmSync(report, { force: true });
  const begun = performance.now();
  const command = ['node_modules/@playwright/test/cli.js', 'test', 'e2e/story.spec.ts', '--reporter=json'];
  const { said } = await run(folder, command, {
    ...{ PW_CHROMIUM: browser, E2E_PORT: String(await anyPort()), PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  const seconds = (performance.now() - begun) / 1_000;
  if (!existsSync(report)) return { passed: false, failedAt: null, why: said.slice(-2_000), seconds };
  return { ...endingOf(JSON.parse(readFileSync(report, 'utf8')) as Suite), seconds };
}

/** What a report says of the story. */
export function endingOf(report: Suite): Omit<Ending, 'seconds'> {
  const [spec] = specsOf(report).filter(({ title }) => title === 'the story');
  const result = spec?.tests[0]?.results.at(-1);
  if (!spec || !result) return { passed: false, failedAt: null, why: 'The story was not told.' };
  const failed = (result.steps ?? []).find((step) => step.error !== undefined);
  const why = failed?.error?.message ?? result.errors?.[0]?.message ?? '';
  return { passed: spec.tests[0]?.status === 'expected', failedAt: failed?.title ?? null, why };
}

const specsOf = (suite: Suite): NonNullable<Suite['specs']> => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
