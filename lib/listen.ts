import pg from 'pg';
import { connectionOptions } from './db/connection';

/** A connection that hears what others NOTIFY. */
export type Listening = {
  /** Resolves once it hears; at the first try it fails loudly, later it connects again by itself. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

const AGAIN_MS = 500;
const ALIVE_EVERY_MS = 10_000;

/**
 * Hears the channels that Postgres hands notifications on by, on a connection of its own. One that is lost is made again, and what
 * was missed meanwhile is for `connected` to look up: it is called after every connection, the first included.
 */
export function listen(channels: readonly string[], heard: (channel: string, payload: string) => void, connected: () => void): Listening {
  let client: pg.Client | null = null;
  let stopped = false;
  let again: NodeJS.Timeout | undefined;
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);

  const lose = (lost: pg.Client, error?: Error) => {
    if (client !== lost) return;
    client = null;
    void lost.end().catch(() => undefined);
    ready.reject(error ?? new Error('The connection that listens was lost.'));
    if (!stopped) again = setTimeout(() => void open(), AGAIN_MS).unref();
  };

  async function open(): Promise<void> {
    const opening = new pg.Client({ ...connectionOptions(), query_timeout: ALIVE_EVERY_MS });
    client = opening;
    opening.on('error', (error) => lose(opening, error)).on('end', () => lose(opening));
    opening.on('notification', ({ channel, payload }) => heard(channel, payload ?? ''));
    try {
      await opening.connect();
      for (const channel of channels) await opening.query(`LISTEN ${channel}`);
    } catch (error) {
      return lose(opening, error as Error);
    }
    ready.resolve();
    connected();
  }

  // A connection whose other end vanished says nothing by itself: asking it now and then finds out.
  const alive = setInterval(() => {
    const asked = client;
    asked?.query('SELECT 1').catch((error: Error) => lose(asked, error));
  }, ALIVE_EVERY_MS).unref();
  void open();
  return {
    ready: ready.promise,
    async stop() {
      stopped = true;
      clearInterval(alive);
      clearTimeout(again);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}
