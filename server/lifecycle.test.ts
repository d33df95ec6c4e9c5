import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-lifecycle-'));
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;

/** A process that follows its start script, and writes down that it closes what is open before doing what `stop` says. */
async function aChild(stop: string) {
  const file = path.join(folder, `child${++made}.ts`);
  const note = `${file}.closed`;
  const lifecycle = JSON.stringify(path.join(import.meta.dirname, 'lifecycle.ts'));
  writeFileSync(
    file,
    `import { appendFileSync } from 'node:fs';
     import { endWhenTold, tellReady } from ${lifecycle};
     const quiet = () => undefined;
     endWhenTold({ debug: quiet, error: quiet, fatal: quiet }, async () => { appendFileSync(${JSON.stringify(note)}, 'closed '); ${stop} });
     setInterval(quiet, 1000);
     tellReady();`,
  );
  const child = fork(file, { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit').then(([code]) => ({ code, did: readFileSync(note, 'utf8') }));
  await once(child, 'message');
  return { child, ended };
}

it('closes what is open when it is told to end', async () => {
  const { child, ended } = await aChild('');
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, did: 'closed ' });
});

it('closes what is open when the start script is gone, however it went', async () => {
  const { child, ended } = await aChild('');
  child.disconnect();
  expect(await ended).toEqual({ code: 0, did: 'closed ' });
});

it('ends once, and in time, although something does not close', async () => {
  const { child, ended } = await aChild('await new Promise(() => undefined);');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 0, did: 'closed ' });
});
