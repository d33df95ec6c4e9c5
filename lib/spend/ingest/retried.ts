import { PeriodGone } from '@/lib/spend/charge';

const ATTEMPTS = 5;
/** SQLSTATE of a deadlock and of a serialisation failure: the transaction is rolled back, and doing it again is right. */
const AGAIN = new Set(['40P01', '40001']);

const mayRepeat = (error: unknown): boolean => error instanceof PeriodGone || AGAIN.has((error as { code?: string }).code ?? '');

/** Runs a transaction again where another one was in its way. Anything else is thrown on, an unknown outcome too. */
export async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !mayRepeat(error)) throw error;
    }
  }
}
