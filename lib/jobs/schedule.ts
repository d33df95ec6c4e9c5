import { chainAudit } from '@/lib/audit/chain';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { forgetAnswers } from '@/lib/http/idempotency';

/** Work that happens without being asked. `everySeconds` is the rest between two runs; a process never runs one twice at once. */
export type Job = { name: string; everySeconds: number; run(): Promise<void> };

/** What the worker process does, in no order. */
export const jobs: readonly Job[] = [
  { name: 'audit-chain', everySeconds: 2, run: async () => void (await chainAudit()) },
  { name: 'kept-answers', everySeconds: 3_600, run: async () => void (await forgetAnswers(reader(), await readClock(reader()))) },
];
