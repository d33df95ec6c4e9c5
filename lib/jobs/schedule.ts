import { chainAudit } from '@/lib/audit/chain';
import { climbDue } from '@/lib/breach/climb';
import { followContainment } from '@/lib/breach/follow';
import { localClock, readClock } from '@/lib/clock';
import { measureUsual } from '@/lib/containment/effect/usual';
import { expireActions } from '@/lib/containment/end';
import { forgetProcesses } from '@/lib/containment/process/confirm';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { numberLeftEvents } from '@/lib/event/number';
import { forgetEvents } from '@/lib/event/reads';
import { httpLog } from '@/lib/http/log';
import { toIso } from '@/lib/kernel/instant';
import { leadSettings } from '@/lib/lead/settings';
import { sendTemplates } from '@/lib/lead/weekly';
import { deliveries } from '@/lib/notice/deliver';
import { isTold } from '@/lib/org/told';
import { keepPlaybooks } from '@/lib/playbook/review';
import { keepSamplesAlive } from '@/lib/sample/keep-alive';
import { watchBurnRates } from '@/lib/spend/ahead/burn';
import { watchForecasts } from '@/lib/spend/ahead/forecast';
import { organisationsLookingAhead } from '@/lib/spend/ahead/watched';
import { expireHolds } from '@/lib/spend/hold/expire';
import { proveLedger } from '@/lib/spend/proof/prove-ledger';
import { breachSilentRefusals } from '@/lib/spend/refusing';
import { keepDays, watchRecoveries } from '@/lib/spend/resume/run';

/** Work that happens without being asked, a whole number of seconds apart; a process never runs one twice at once. */
export type Job = { name: string; everySeconds: number; run(): Promise<void> };

/** Every organisation that the real clock moves. */
const organisations = async (): Promise<string[]> =>
  (await reader().query<{ id: string }>(`SELECT id FROM organisation o WHERE ${isTold('o.id')} ORDER BY id`)).map((row) => row.id);

/** Holds that have expired become presumed spend; each organisation in a transaction of its own. */
async function expireAll(): Promise<void> {
  for (const orgId of await organisations()) {
    const actor: Context['actor'] = { kind: 'system', id: 'hold.expiry', name: 'Hold expiry' };
    await transaction(async (tx) => expireHolds({ actor, orgId, requestId: 'job', tx, now: await readClock(tx) }));
  }
}

/** Budgets that let nothing pass though nothing has stopped them; each organisation in a transaction of its own. */
async function watchRefusals(): Promise<void> {
  for (const orgId of await organisations()) {
    const actor: Context['actor'] = { kind: 'system', id: 'refusal.watch', name: 'Refusal watch' };
    await transaction(async (tx) => breachSilentRefusals({ actor, orgId, requestId: 'job', tx, now: await readClock(tx) }));
  }
}

/** Burn rates, and forecasts with them; each organisation that has any in a transaction of its own. */
async function lookAheadAll(look: (ctx: Context) => Promise<unknown>): Promise<void> {
  const actor: Context['actor'] = { kind: 'system', id: 'threshold.watch', name: 'Threshold watch' };
  for (const orgId of await organisationsLookingAhead())
    await transaction(async (tx) => look({ actor, orgId, requestId: 'job', tx, now: await readClock(tx) }));
}

/** How ready each organisation is today, and who is to go through a playbook again. */
async function keepAllPlaybooks(): Promise<void> {
  const actor: Context['actor'] = { kind: 'system', id: 'playbook.days', name: 'Playbook days' };
  for (const orgId of await organisations())
    await transaction(async (tx) => keepPlaybooks({ actor, orgId, requestId: 'job', tx, now: await readClock(tx) }));
}

/** Containment that has expired is written down as ended; it has not bitten since. */
async function expireContainment(): Promise<void> {
  const due = await reader().query<{ id: string }>(
    'SELECT DISTINCT org_id AS id FROM containment_action WHERE ended_at IS NULL AND expires_at <= $1',
    [toIso(localClock())],
  );
  const actor: Context['actor'] = { kind: 'system', id: 'system', name: 'Hardstop' };
  for (const { id: orgId } of due)
    await transaction(async (tx) => expireActions({ actor, orgId, requestId: 'job', tx, now: await readClock(tx) }));
}

/** What refused calls usually come to is worked out once for each action, so that what they did not spend can be said. */
async function measureContainment(): Promise<void> {
  const actor: Context['actor'] = { kind: 'system', id: 'system', name: 'Hardstop' };
  const held = await reader().query<{ id: string }>(
    "SELECT DISTINCT org_id AS id FROM containment_effect WHERE hour > $1::timestamptz - interval '2 days'",
    [toIso(localClock())],
  );
  for (const { id: orgId } of held)
    await transaction(async (tx) => measureUsual({ actor, orgId, requestId: 'job', tx, now: await readClock(tx) }));
}

/** Every organisation's ledger is proved once a day: figures that are kept are held against the rows they come from. */
async function proveAll(): Promise<void> {
  const due = await reader().query<{ id: string }>(
    `SELECT o.id FROM organisation o WHERE NOT EXISTS (
       SELECT FROM ledger_proof p WHERE p.org_id = o.id AND p.at > $1::timestamptz - interval '24 hours') ORDER BY o.id`,
    [toIso(localClock())],
  );
  for (const { id } of due) await proveLedger(id);
}

/** What has been kept for as long as it was promised goes: answers by idempotency key, event ids of records too old to come again. */
async function forgetOld(): Promise<void> {
  const now = toIso(localClock());
  await reader().query('DELETE FROM idempotent_answer WHERE expires_at < $1', [now]);
  await reader().query('DELETE FROM event_key WHERE keep_until < $1', [now]);
  await forgetEvents(reader(), localClock());
  await forgetProcesses(localClock());
}

/** Notices under way in this process. */
export const underWay = deliveries((error) => httpLog().error({ err: error }, 'a notice could not be sent because of a fault of ours'));

/** What runs besides its turns when a notice was written. */
export const DELIVER = 'deliver notices';

/** What the worker process does, in no order. Two workers may run at once: each job locks what it changes. */
export const jobs: readonly Job[] = [
  { name: 'expire holds', everySeconds: 1, run: expireAll },
  { name: 'climb', everySeconds: 1, run: async () => void (await climbDue()) },
  { name: 'follow containment', everySeconds: 2, run: () => followContainment() },
  { name: 'watch refusals', everySeconds: 60, run: watchRefusals },
  { name: 'watch burn rates', everySeconds: 60, run: () => lookAheadAll(watchBurnRates) },
  { name: 'watch forecasts', everySeconds: 300, run: () => lookAheadAll(watchForecasts) },
  { name: 'expire containment', everySeconds: 2, run: expireContainment },
  { name: 'measure containment', everySeconds: 10, run: measureContainment },
  { name: 'chain the audit', everySeconds: 2, run: async () => void (await chainAudit()) },
  { name: DELIVER, everySeconds: 1, run: async () => underWay.begin(await readClock(reader())) },
  { name: 'number events', everySeconds: 5, run: numberLeftEvents },
  { name: 'watch recoveries', everySeconds: 5, run: () => watchRecoveries() },
  { name: 'keep recovery days', everySeconds: 60, run: () => keepDays() },
  { name: 'keep playbooks', everySeconds: 3_600, run: keepAllPlaybooks },
  { name: 'send templates', everySeconds: 3_600, run: async () => void (await sendTemplates(leadSettings(), localClock())) },
  { name: 'prove the ledger', everySeconds: 900, run: proveAll },
  { name: 'forget what is old', everySeconds: 3_600, run: forgetOld },
  { name: 'keep samples alive', everySeconds: 60, run: async () => void (await keepSamplesAlive(localClock())) },
];
