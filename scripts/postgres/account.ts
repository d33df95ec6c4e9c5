import { execFileSync } from 'node:child_process';

/** The system account to run Postgres as; empty where that is the one we are. */
export type Account = { uid?: number; gid?: number };

const idOf = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());

/** Postgres refuses to run as root: root gets the `postgres` account, made where there is none. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    execFileSync('groupadd', ['-f', 'postgres']);
    execFileSync('useradd', ['-M', '-g', 'postgres', 'postgres']);
    return { uid: idOf('-u'), gid: idOf('-g') };
  }
}
