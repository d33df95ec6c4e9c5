import path from 'node:path';
import { closePool } from '@/lib/db';
import { type Env, nextAuthVariables, parseEnv, publicUrl } from '@/lib/env';
import { resealSecrets } from '@/lib/setup/reseal';
import { setUpFromEnv } from '@/lib/setup/set-up';
import { freePort } from '../free-port';
import { migrate } from '../migrate/apply';
import { buildOnce, generateOnce } from './build';
import { type Child, keepRunning } from './child';
import { type Database, embeddedDatabase, givenDatabase } from './database';
import { lockFolder } from './lock';
import { StartFault, say } from './log';
import { endTools } from './run-tool';
import { keptSecret } from './secrets';

/** A run of the program: everything that was started, ended together. */
export class Run {
  #database: Database | undefined;
  #children: Child[] = [];
  #ending: Promise<void> | undefined;
  readonly #failed: (why: unknown) => void;

  /** @param failed told when something that must run cannot be kept running */
  constructor(failed: (why: unknown) => void) {
    this.#failed = failed;
  }

  /** Starts everything, in order, and resolves when the public port answers. @throws StartFault, EnvFault, MigrationFault */
  async start(root: string): Promise<void> {
    const env = parseEnv(process.env);
    const folder = path.resolve(env.HARDSTOP_DATA_DIR);
    await checkPort(env);
    const secrets = {
      AUTH_SECRET: env.AUTH_SECRET ?? keptSecret(folder, 'auth-secret'),
      HARDSTOP_ENCRYPTION_KEY: env.HARDSTOP_ENCRYPTION_KEY ?? keptSecret(folder, 'encryption-key'),
    };
    await lockFolder(folder);
    await generateOnce(root);
    const [url] = await Promise.all([this.#openDatabase(env, folder), this.#build(root, env)]);
    // Everything below here, and whatever the start script asks of lib, reads the environment as completed here.
    Object.assign(process.env, secrets, { DATABASE_URL: url, HARDSTOP_DATA_DIR: folder, NEXT_TELEMETRY_DISABLED: '1' });
    Object.assign(process.env, nextAuthVariables(parseEnv(process.env)));
    await setUpAtStart();
    if (this.#ending) return;
    this.#children = ['web', 'front', 'worker'].map((name) => keepRunning(name, process.env, (why) => this.#failed(why)));
    await Promise.all(this.#children.map((child) => child.ready));
    say(`Hardstop is ready: ${publicUrl(env)}`);
  }

  async #openDatabase(env: Env, folder: string): Promise<string> {
    const given = env.DATABASE_URL;
    this.#database = given === undefined ? await embeddedDatabase(folder, this.#failed) : await givenDatabase(given);
    const applied = await migrate(this.#database.url);
    if (applied.length > 0) say(`The database has its tables (${applied.length} migrations applied).`);
    return this.#database.url;
  }

  async #build(root: string, env: Env): Promise<void> {
    if (await buildOnce(root, env.HARDSTOP_DIST_DIR, () => say('Building the pages, once.'))) say('The pages are built.');
  }

  /** Ends everything: first what serves, the database last. May be asked more than once. */
  stop(): Promise<void> {
    this.#ending ??= (async () => {
      endTools();
      await Promise.all(this.#children.map((child) => child.stop()));
      await this.#database?.stop();
    })();
    return this.#ending;
  }
}

/** Makes the first organisation where HARDSTOP_INIT_* names one and there is none yet; seals kept secrets anew where the key was changed. */
async function setUpAtStart(): Promise<void> {
  const work = async () => [await setUpFromEnv(), await resealSecrets()] as const;
  const [made, { resealed, unopened }] = await work().finally(closePool);
  if (made !== null) say(`${made} is set up, with its admin and an API key.`);
  if (resealed > 0) say(`${resealed} kept secrets are encrypted with the new key; HARDSTOP_ENCRYPTION_KEY_OLD may be taken away.`);
  if (unopened > 0)
    say(`${unopened} kept secrets open with neither key: set them anew, or start with the key that they were encrypted with.`);
}

async function checkPort({ HOST, PORT }: Env): Promise<void> {
  if ((await freePort(PORT, HOST)) === null)
    throw new StartFault(`Port ${PORT} is taken on ${HOST}. Start on another one: PORT=${PORT + 100} npm start`);
}
