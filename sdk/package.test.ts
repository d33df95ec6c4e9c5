import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const TSC = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
/** What a program that only asks may weigh, gzipped. */
const BYTES_AT_MOST = 8_000;

const project = mkdtempSync(path.join(tmpdir(), 'hardstop-sdk-'));
const run = (command: string, args: string[], cwd = project) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
const npm = (args: string[], cwd?: string) => run('npm', [...args, '--silent', '--no-audit', '--no-fund'], cwd);

/** Packed as it is published, and installed into an empty project, without a network. */
beforeAll(() => {
  npm(['pack', '--pack-destination', project], HERE);
  const [tarball] = readdirSync(project);
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'a-program', private: true, type: 'module' }));
  npm(['install', '--offline', `./${tarball}`]);
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const NAMES = 'typeof Hardstop, typeof SpendStopped, typeof SpendBusy, typeof FeatureOff';

it('an empty project can import it, and require it', () => {
  writeFileSync(
    path.join(project, 'a.mjs'),
    `import { Hardstop, SpendStopped, SpendBusy, FeatureOff } from '@hardstop/sdk'; console.log(${NAMES});`,
  );
  writeFileSync(
    path.join(project, 'a.cjs'),
    `const { Hardstop, SpendStopped, SpendBusy, FeatureOff } = require('@hardstop/sdk'); console.log(${NAMES});`,
  );
  for (const file of ['a.mjs', 'a.cjs']) expect(run(process.execPath, [file]).trim()).toBe('function function function function');
});

it('the program of ten lines in the README is one that compiles', () => {
  const readme = readFileSync(path.join(HERE, '../README.md'), 'utf8');
  const [, program] = /```ts\n(import \{ Hardstop[\s\S]*?)```/.exec(readme) ?? [];
  expect(program?.trim().split('\n').length).toBeLessThanOrEqual(10);
  writeFileSync(path.join(project, 'a.ts'), `const [openai, process] = JSON.parse('[]');\n${program}`);
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2022,dom',
    '--types',
    '',
  ];
  expect(run(process.execPath, [TSC, ...options, 'a.ts'])).toBe('');
}, 30_000);

it('is small, and brings nothing with it', () => {
  const installed = path.join(project, 'node_modules');
  expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual(['@hardstop']);
  const folder = path.join(installed, '@hardstop/sdk/dist/esm');
  const code = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(path.join(folder, name)));
  expect(gzipSync(Buffer.concat(code)).byteLength).toBeLessThan(BYTES_AT_MOST);
  expect(readdirSync(path.join(installed, '@hardstop/sdk'))).toEqual(['dist', 'package.json']);
});
