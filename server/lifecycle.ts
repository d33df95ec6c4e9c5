import type { Logger } from 'pino';

const PATIENCE_MS = 3_000;

/** Tells the start script that this process does its work now. */
export const tellReady = (): void => void process.send?.('ready');

/**
 * Ends this process in good order when it is told to, and when the start script that made it is gone (its channel closes,
 * even after `kill -9`): nothing of ours is left behind. What takes longer than three seconds is cut off.
 * @param stop closes what is open; asked once
 */
export function endWhenTold(log: Logger, stop: () => Promise<void>): void {
  let ending = false;
  const end = async (why: string, code: number) => {
    if (ending) return;
    ending = true;
    log.debug({ why }, 'ending');
    setTimeout(() => process.exit(code), PATIENCE_MS).unref();
    await stop().catch((error: unknown) => log.error({ err: error }, 'not everything could be closed'));
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(signal, 0));
  process.once('disconnect', () => void end('the start script is gone', 0));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a fault that nobody caught');
    void end('fault', 1);
  });
}
