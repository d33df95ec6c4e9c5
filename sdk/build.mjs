/** Compiles the client twice: as ES modules, and as CommonJS for programs that still `require`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = import.meta.dirname;
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
rmSync(path.join(here, 'dist'), { recursive: true, force: true });
for (const [folder, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
]) {
  const out = path.join(here, 'dist', folder);
  mkdirSync(out, { recursive: true });
  // What a folder's modules are is said before they are compiled: the compiler goes by it.
  writeFileSync(path.join(out, 'package.json'), JSON.stringify({ type }));
  const options = ['--target', 'es2022', '--lib', 'es2022,dom', '--strict', '--skipLibCheck', '--types', '', '--rootDir', 'src'];
  const modules =
    folder === 'esm' ? ['--module', 'esnext', '--moduleResolution', 'bundler'] : ['--module', 'commonjs', '--moduleResolution', 'bundler'];
  const compile = (more) =>
    execFileSync(process.execPath, [tsc, '--ignoreConfig', ...options, ...modules, ...more, '--outDir', out, 'src/index.ts'], {
      cwd: here,
      stdio: 'inherit',
    });
  // What is run is small; what is read while writing says what it is for.
  compile(['--removeComments']);
  compile(['--declaration', '--emitDeclarationOnly']);
}
