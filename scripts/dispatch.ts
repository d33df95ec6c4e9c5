import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The programs of a folder by name, which is one word: `P1.ts`, or `authorize/authorize.ts` where it takes several files. */
export function programsIn(folder: string, root = ROOT): Map<string, string> {
  const programs = new Map<string, string>();
  if (!existsSync(path.join(root, folder))) return programs;
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const inner = path.relative(path.join(root, folder), file).replaceAll(path.sep, '/');
    const name = /^(?:(\w+)\/)?(\w+)\.ts$/.exec(inner);
    if (entry.isFile() && name?.[2] !== undefined && (name[1] ?? name[2]) === name[2]) programs.set(name[2], file);
  }
  return programs;
}

/**
 * Runs the program that the command line names; a program is a module that does its work when it is loaded, and finds its own
 * words in `process.argv` from 3 on. A wrong name is answered with those that there are.
 */
export async function dispatch(folder: string, command: string, wanted = process.argv[2]): Promise<void> {
  const programs = programsIn(folder);
  const file = [...programs].find(([name]) => name.toLowerCase() === wanted?.toLowerCase())?.[1];
  if (file !== undefined) {
    await import(pathToFileURL(file).href);
    return;
  }
  console.error(
    `${wanted === undefined ? 'Which one?' : `There is no "${wanted}".`} ${command} -- <name>, where <name> is one of: ${[...programs.keys()].sort().join(', ')}`,
  );
  process.exitCode = 1;
}
