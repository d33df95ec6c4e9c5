import { listen } from '@/lib/listen';
import { CONTAINED } from '../rows';
import { beSeen, confirmActions, type Deciding, enter, leave } from './confirm';

const SEEN_EVERY_MS = 2_000;

/**
 * Makes this process one of those that decide: seen every two seconds, and told at once of every action that is switched on.
 * @param failed hears what goes wrong (a database that is away at the start, too); it is tried again at the next turn
 */
export function beginDeciding(kind: Deciding['kind'], failed: (error: unknown) => void): { stop(): Promise<void> } {
  let deciding: Deciding | null = null;
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: a switch that is heard while another is being taken up is taken up after it.
  const next = (work: (own: Deciding) => Promise<unknown>): void => {
    last = last
      .then(async () => {
        deciding ??= await enter(kind);
        await work(deciding);
      })
      .catch(failed);
  };
  const hearing = listen(
    [CONTAINED],
    (_, orgId) => next((own) => confirmActions(own, orgId)),
    () => next((own) => confirmActions(own)),
  );
  const beat = setInterval(() => {
    next(async (own) => {
      await beSeen(own);
      await confirmActions(own);
    });
  }, SEEN_EVERY_MS);
  return {
    async stop() {
      clearInterval(beat);
      await hearing.stop();
      await last;
      if (deciding) await leave(deciding).catch(failed);
    },
  };
}
