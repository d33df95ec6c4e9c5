import type { Caller, Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import type { Instant } from '@/lib/kernel/instant';
import { changeRecovery } from '@/lib/recovery/change';
import { tickCheck } from '@/lib/recovery/check';
import { signOff } from '@/lib/recovery/day/sign-off';
import { answerRoom } from '@/lib/recovery/money/answer';
import { resume } from '@/lib/recovery/stage/resume';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { recoveriesOf } from './aftermath';
import type { Cast, People } from './cast';
import { WAY_BACK } from './story';

type Told = Cast & { people: People };

/** Does something as a person of the story, in a transaction of its own. */
const as = (who: Caller, now: Instant, act: (ctx: Context) => Promise<unknown>): Promise<unknown> =>
  transaction((tx) => act({ ...who, now, tx }));

/** The morning after: the cause and what is done about it, and where the money comes from. */
export async function findTheCause({ program, people: { owner, responder } }: Told, now: Instant): Promise<void> {
  const { cause, correctiveAction, raisedTo } = WAY_BACK;
  for (const { id, budgetId } of await recoveriesOf(program.orgId)) {
    await as(responder, now, (ctx) => changeRecovery(ctx, { id, ifMatch: null, change: { cause, correctiveAction } }));
    await as(owner, now, (ctx) =>
      changeBudget(ctx, { id: budgetId, ifMatch: null, change: { amount: raisedTo, from: 'now', confirm: false } }),
    );
    await as(owner, now, (ctx) => answerRoom(ctx, { id, room: 'raise' }));
  }
}

/** What of the check list is done by then, and the owner's yes to the first step of the way back. */
export async function resumeAtFirst({ program, people: { owner, responder } }: Told, now: Instant): Promise<void> {
  for (const { id } of await recoveriesOf(program.orgId)) {
    const checks = await reader().query<{ id: string }>(
      'SELECT id FROM recovery_check WHERE org_id = $1 AND plan_id = $2 ORDER BY position',
      [program.orgId, id],
    );
    for (const place of WAY_BACK.checked) {
      const checkId = checks[place]?.id ?? '';
      await as(responder, now, (ctx) => tickCheck(ctx, { id, checkId, done: true }));
    }
    await as(owner, now, (ctx) => resume(ctx, { id, percent: 1, why: WAY_BACK.resumed }));
  }
}

/** Yesterday's entry is looked at and signed off. @param n which of the recovery's days it is, from 0 */
export async function signOffDay({ program, people }: Told, now: Instant, n: number): Promise<void> {
  const who = n % 3 === 1 ? people.owner : people.responder;
  for (const { id } of await recoveriesOf(program.orgId)) {
    const days = await reader().query<{ date: string }>(
      `SELECT DISTINCT date::text AS date FROM recovery_day d WHERE org_id = $1 AND plan_id = $2
          AND NOT EXISTS (SELECT FROM recovery_note s WHERE s.org_id = d.org_id AND s.plan_id = d.plan_id AND s.kind = 'sign_off' AND s.date = d.date)`,
      [program.orgId, id],
    );
    for (const { date } of days) await as(who, now, (ctx) => signOff(ctx, { id, date, note: WAY_BACK.notes[n] ?? '' }));
  }
}

/** The owner's yes to all of it, where its gate passes; else it waits for whoever opens the sample. */
export async function askForTheWhole({ program, people: { owner } }: Told, now: Instant): Promise<void> {
  for (const { id, percent } of await recoveriesOf(program.orgId)) {
    if (percent !== 50) continue;
    try {
      await as(owner, now, (ctx) => resume(ctx, { id, percent: 100, why: WAY_BACK.whole }));
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'stop.gate_closed') throw error;
    }
  }
}
