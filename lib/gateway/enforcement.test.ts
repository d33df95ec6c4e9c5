import { expect, it } from 'vitest';
import { localClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { days, hours, type Instant, minus, minutes, plus, toIso } from '@/lib/kernel/instant';
import { silentIn } from '@/lib/recovery/day/silence';
import { authorizeDoor } from '@/lib/spend/decide/doors';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { expireHolds } from '@/lib/spend/hold/expire';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import type { Allow } from '@/lib/spend/schema';
import { settleIn } from '@/lib/spend/schema';
import { anAsk } from '@/lib/testing/bare-org';
import { aRecord, knock, type UsageOrg } from '@/lib/testing/usage-org';
import { readWorkload } from '@/lib/workload/reads';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough } from './testing/calls';
import { json, standIn } from './testing/stand-in';
import { booksOf, useFront } from './testing/through';
import { CHAT_COST, chatAnswer } from './testing/wires';

useDatabase();
const provider = standIn();
const { call, provided } = callsThrough(useFront(), provider);

const at = (org: UsageOrg, now: Instant): Context => ({ ...org.caller, now, tx: reader() });
const enforcementOf = async (org: UsageOrg, now = localClock()) => (await readWorkload(at(org, now), 'support-bot')).enforcement;
const called = async (org: UsageOrg): Promise<void> => {
  provider.answers(json(chatAnswer()));
  const answer = await call(org, 'openai/v1/chat/completions', { ...CHAT, stream: false });
  expect(answer.status).toBe(200);
  await answer.json();
};

/** A program asks by itself. @returns the hold */
async function asked(org: UsageOrg, now: Instant): Promise<string> {
  const [outcome] = await decideTogether(org.orgId, [{ kind: 'authorize', keyId: org.keyId, pins: org.pins, request: anAsk() }], now);
  return (outcome as { answer: Allow }).answer.holdId;
}

/** A program asks by itself, and says what came of it. */
async function askedAndSettled(org: UsageOrg, now: Instant): Promise<void> {
  const request = settleIn.parse({ holdId: await asked(org, now), units: { input: 10, output: 10 } });
  await decideTogether(org.orgId, [{ kind: 'settle', keyId: org.keyId, pins: org.pins, request }], now);
}

const sourcesOf = async (org: UsageOrg) =>
  (await reader().query<{ source: string }>('SELECT DISTINCT source FROM ledger_entry WHERE org_id = $1 ORDER BY 1', [org.orgId])).map(
    (each) => each.source,
  );

it('a workload all of whose calls come through the gateway is bound by it, also by those that nobody settled', async () => {
  const org = await provided();
  await called(org);
  expect(await enforcementOf(org)).toBe('gateway');
  provider.answers((_, response) => void response.destroy());
  await call(org, 'openai/v1/chat/completions', CHAT);
  expect(await booksOf(org)).toMatchObject({ open: 1 });
  expect(await enforcementOf(org)).toBe('gateway');
  const later = plus(localClock(), hours(1));
  expect(await transaction((tx) => expireHolds({ ...at(org, later), tx }))).toBe(1);
  expect(await sourcesOf(org)).toEqual(['gateway']);
  expect(await enforcementOf(org, later)).toBe('gateway');
});

it('one call that came by another way, and its bound is what it declares again', async () => {
  const [asking, holding, reporting] = [await provided(), await provided(), await provided()];
  const now = localClock();
  for (const org of [asking, holding, reporting]) await called(org);
  await askedAndSettled(asking, now);
  await asked(holding, now);
  await knock(ingestUsageDoor, reporting, { body: { records: [aRecord(reporting, { occurredAt: toIso(minus(now, minutes(1))) })] } });
  for (const org of [asking, holding, reporting]) expect(await enforcementOf(org)).toBe('declared');
  // What is presumed of it is no call of the gateway's either.
  const later = plus(now, hours(2));
  await transaction((tx) => expireHolds({ ...at(holding, later), tx }));
  expect(await sourcesOf(holding)).toEqual(['gateway', 'hold']);
  expect(await enforcementOf(holding, later)).toBe('declared');
});

it('what moved to the gateway is bound by it after a week', async () => {
  const org = await provided();
  await askedAndSettled(org, minus(localClock(), days(9)));
  expect(await enforcementOf(org)).toBe('declared');
  await called(org);
  expect(await enforcementOf(org)).toBe('gateway');
});

it('its calls are settlements as before: a second source adds nothing, and silence is no missing data', async () => {
  const org = await provided();
  await called(org);
  const now = localClock();
  const record = aRecord(org, { occurredAt: toIso(now), responseId: 'chatcmpl-1', units: { input: 900, output: 60 } });
  expect((await knock(ingestUsageDoor, org, { body: { records: [record] } })).json).toMatchObject({ accepted: 1 });
  expect(await booksOf(org)).toEqual({ held: 0n, charged: CHAT_COST, open: 0 });
  expect(await sourcesOf(org)).toEqual(['gateway']);
  expect(await enforcementOf(org)).toBe('gateway');
  expect(await silentIn(at(org, now), 'support-bot', plus(now, hours(1)), plus(now, hours(49)))).toEqual([]);
});

it('no program can make a hold look like one of the gateway', async () => {
  const org = await provided();
  const { status, json: said } = await knock(authorizeDoor, org, { body: { ...anAsk(), idempotencyKey: 'gateway 1' } });
  expect(status).toBe(422);
  expect(said).toMatchObject({ errors: [{ pointer: '/idempotencyKey' }] });
});
