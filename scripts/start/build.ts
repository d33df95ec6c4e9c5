import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool';

const SOURCES = ['app', 'components', 'lib', 'public', 'prisma/generated'];
const FILES = ['next.config.mjs', 'package-lock.json', 'postcss.config.mjs', 'tsconfig.json'];
const IGNORED = /\.(test\.tsx?|md)$/;

function* filesOf(root: string): Generator<string> {
  for (const folder of SOURCES) {
    if (!existsSync(path.join(root, folder))) continue;
    const entries = readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true });
    for (const entry of entries) if (entry.isFile() && !IGNORED.test(entry.name)) yield path.join(entry.parentPath, entry.name);
  }
  for (const file of FILES) if (existsSync(path.join(root, file))) yield path.join(root, file);
}

/** A fingerprint of everything the pages are built from: what is in the files, not when they were written. */
export function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const file of [...filesOf(root)].sort()) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Where a build keeps the fingerprint of its sources. */
export const stampOf = (root: string, distFolder: string): string => path.join(root, distFolder, 'hardstop-sources');

/**
 * Builds the pages unless the last build was of exactly these sources.
 * @param begin called before a build, which takes a while @returns whether it had to build
 */
export async function buildOnce(root: string, distFolder: string, begin: () => void): Promise<boolean> {
  const stamp = stampOf(root, distFolder);
  const sources = fingerprint(root);
  const built = existsSync(path.join(root, distFolder, 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
  if (built) return false;
  begin();
  await runTool(['node_modules/next/dist/bin/next', 'build'], {
    HARDSTOP_DIST_DIR: distFolder,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  writeFileSync(stamp, sources);
  return true;
}

/** Makes Prisma's client when the schema is another than at its last making. */
export async function generateOnce(root: string): Promise<void> {
  const stamp = path.join(root, 'prisma/generated/hardstop-schema');
  const schema = createHash('sha256')
    .update(readFileSync(path.join(root, 'prisma/schema.prisma')))
    .digest('hex');
  if (existsSync(path.join(root, 'prisma/generated/client.ts')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === schema) return;
  await runTool(['scripts/generate.mjs']);
}
