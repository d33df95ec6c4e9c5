import { type Tx, together } from '@/lib/db';

/**
 * Inserts rows that nearly always are all new, without ON CONFLICT: that looks for each of them twice and takes a lock for it. Where
 * one of them is there already nothing is inserted, and the transaction goes on as it was.
 * @param insert sends the statement · @returns whether all were inserted
 */
export async function insertAllNew(tx: Tx, insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await together([tx.query('SAVEPOINT all_new'), insert(), tx.query('RELEASE SAVEPOINT all_new')]);
    return true;
  } catch (error) {
    if ((error as { code?: string } | null)?.code !== '23505') throw error;
    await tx.query('ROLLBACK TO SAVEPOINT all_new');
    return false;
  }
}
