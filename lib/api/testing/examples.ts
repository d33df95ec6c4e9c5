import { randomUUID } from 'node:crypto';
import { makeKeySecret } from '@/lib/auth/secrets';
import { listBreachesDoor } from '@/lib/breach/doors';
import { closeBreach } from '@/lib/breach/phase';
import { makePolicyDoor } from '@/lib/breach/policy/doors';
import { readClock } from '@/lib/clock';
import { makeActionDoor } from '@/lib/containment/doors';
import { reader } from '@/lib/db';
import { days, hours, plus, toIso } from '@/lib/kernel/instant';
import { makeChannel } from '@/lib/notice/channel/make';
import { writeNotices } from '@/lib/notice/write';
import { makeKey } from '@/lib/org/key/make';
import { inviteMember } from '@/lib/org/member/invite';
import { postProvider } from '@/lib/provider/doors';
import { askForGrantDoor } from '@/lib/spend/grant/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { makeBudgetDoor, makeWorkloadDoor, setThresholdsDoor, stopByHandDoor } from '@/lib/spend/limit/doors';
import { addPriceDoor } from '@/lib/spend/reprice/doors';
import type { TestOrg } from '@/lib/testing/an-org';
import type { Example } from './example';
import { LEASE_EXAMPLES } from './lease-examples';
import { RECOVERY_EXAMPLES } from './recovery-examples';

/** Names in a path that are no resource of an organisation; whose a provider is `lib/gateway/clients.test.ts` asks, where one answers. */
export const NO_RESOURCE = ['currency', 'token', 'key', 'provider', 'guide', 'step', 'template'];

const aMember = async (org: TestOrg): Promise<string> =>
  (await org.run((ctx) => inviteMember(ctx, { email: `${randomUUID()}@hardstop.test`, name: 'New', role: 'viewer', duties: [] }))).id;

const aPrice = async (org: TestOrg): Promise<string> => {
  const price = { provider: 'own', model: randomUUID(), unit: 'input', nanoUsdPerMillion: '1000' };
  const made = await org.ask(addPriceDoor, 'admin', { body: price });
  return ((await made.json()) as { id: string }).id;
};

const aRecord = async (org: TestOrg): Promise<string> => {
  const eventId = randomUUID();
  const record = {
    eventId,
    occurredAt: toIso(await readClock(reader())),
    workload: 'bot',
    provider: 'openai',
    model: 'gpt-4o',
    units: { input: 1, output: 1 },
  };
  await org.ask(ingestUsageDoor, 'usage:write', { body: { records: [record] } });
  return eventId;
};

const aKey = async (org: TestOrg): Promise<string> =>
  (await org.run((ctx) => makeKey(ctx, { name: 'one more', scopes: ['read'], pins: {} }, makeKeySecret()))).id;

const aBudget = async (org: TestOrg): Promise<string> => {
  const made = await org.ask(makeBudgetDoor, 'admin', { body: { name: 'Example', period: 'month', amount: '100' } });
  return ((await made.json()) as { id: string }).id;
};
const ofBudget = async (org: TestOrg, more: Record<string, string> = {}) => ({ params: { id: await aBudget(org), ...more } });

const aStop = async (org: TestOrg): Promise<string> => {
  const raised = await org.ask(stopByHandDoor, 'admin', { ...(await ofBudget(org)), body: { reason: 'an example' } });
  return ((await raised.json()) as { id: string }).id;
};

const ofAction = async (org: TestOrg, more: Record<string, unknown> = {}) => {
  const made = await org.ask(makeActionDoor, 'admin', { body: { kind: 'block', reason: 'an example', ...more } });
  return { params: { id: ((await made.json()) as { id: string }).id } };
};

/** A stop that someone must answer for, raised by hand: its breach. */
const aBreach = async (org: TestOrg): Promise<string> => {
  const { params } = await ofBudget(org);
  await org.ask(setThresholdsDoor, 'admin', { params, body: { items: [{ at: 0.9, kind: 'stop', mustAnswer: true }] } });
  await org.ask(stopByHandDoor, 'admin', { params, body: { reason: 'an example' } });
  const listed = await org.ask(listBreachesDoor, 'admin', { query: { budgetId: params.id } });
  return ((await listed.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
};
const ofBreach = async (org: TestOrg) => ({ params: { id: await aBreach(org) } });

const aPolicy = async (org: TestOrg): Promise<string> => {
  const body = { name: 'Example', steps: [{ targets: ['admins'], minutesToAcknowledge: 5 }] };
  return ((await (await org.ask(makePolicyDoor, 'admin', { body })).json()) as { id: string }).id;
};

const ofWorkload = async (org: TestOrg) => {
  const slug = randomUUID();
  await org.ask(makeWorkloadDoor, 'admin', { body: { slug } });
  return { params: { slug } };
};

const aChannel = async (org: TestOrg) => ({
  params: {
    id: (await org.run((ctx) => makeChannel(ctx, { kind: 'webhook', name: 'Own', config: { url: 'https://127.0.0.1/' } }))).id,
  },
});

const aDeadNotice = async (org: TestOrg) => {
  const to = { key: randomUUID(), kind: 'test.notice', target: { member: org.members.viewer.actor.id }, dueAt: plus(org.now, hours(1)) };
  const [written] = await org.run((ctx) => writeNotices(ctx, [{ ...to, title: 'A test', text: 'Nothing happened.', link: '/' }]));
  await reader().query(`UPDATE notice SET state = 'dead', next_attempt_at = NULL WHERE id = $1`, [written?.id as string]);
  return { params: { id: written?.id as string } };
};
/** Asked for by an operator, so that an admin may approve it. */
const aGrant = async (org: TestOrg): Promise<string> => {
  const expiresAt = toIso(plus(await readClock(reader()), days(1)));
  const asked = { ...(await ofBudget(org)), body: { amount: '1', reason: 'an example', expiresAt } };
  return ((await (await org.ask(askForGrantDoor, 'operator', asked)).json()) as { id: string }).id;
};
const ofGrant = async (org: TestOrg) => ({ params: { id: await aGrant(org) } });

const ofProvider = async (org: TestOrg) => {
  const slug = `own-${randomUUID()}`;
  await org.ask(postProvider, 'admin', { body: { slug, wire: 'openai', baseUrl: 'https://models.example.com/v1' } });
  return { params: { slug } };
};

/** One for each door whose path names a resource, by method and path. */
export const EXAMPLES: Record<string, Example> = {
  'GET /api/v1/members/{id}': async (org) => ({ params: { id: org.members.viewer.actor.id } }),
  'PATCH /api/v1/members/{id}': async (org) => ({ params: { id: await aMember(org) }, body: { role: 'analyst' } }),
  'DELETE /api/v1/members/{id}': async (org) => ({ params: { id: await aMember(org) } }),
  'GET /api/v1/api-keys/{id}': async (org) => ({ params: { id: await aKey(org) } }),
  'DELETE /api/v1/prices/{id}': async (org) => ({ params: { id: await aPrice(org) } }),
  'PATCH /api/v1/usage/{eventId}/outcome': async (org) => ({ params: { eventId: await aRecord(org) }, body: { outcome: 'success' } }),
  'DELETE /api/v1/api-keys/{id}': async (org) => ({ params: { id: await aKey(org) } }),
  'GET /api/v1/providers/{slug}': ofProvider,
  'PATCH /api/v1/providers/{slug}': async (org) => ({ ...(await ofProvider(org)), body: { apiKey: 'sk-an-example' } }),
  'DELETE /api/v1/providers/{slug}': ofProvider,
  'GET /api/v1/channels/{id}': aChannel,
  'PATCH /api/v1/channels/{id}': async (org) => ({ ...(await aChannel(org)), body: { name: 'Renamed' } }),
  'DELETE /api/v1/channels/{id}': aChannel,
  'POST /api/v1/channels/{id}/test': aChannel,
  'POST /api/v1/channels/{id}/secret': aChannel,
  'GET /api/v1/notices/{id}': aDeadNotice,
  'POST /api/v1/notices/{id}/resend': aDeadNotice,
  'GET /api/v1/budgets/{id}': ofBudget,
  'PATCH /api/v1/budgets/{id}': async (org) => ({ ...(await ofBudget(org)), body: { name: 'Renamed' } }),
  'DELETE /api/v1/budgets/{id}': async (org) => ({ ...(await ofBudget(org)), query: { reason: 'an example' } }),
  'GET /api/v1/budgets/{id}/thresholds': ofBudget,
  'PUT /api/v1/budgets/{id}/thresholds': async (org) => ({ ...(await ofBudget(org)), body: { items: [{ at: 0.9, kind: 'stop' }] } }),
  'GET /api/v1/budgets/{id}/history': ofBudget,
  'GET /api/v1/budgets/{id}/burn-up': ofBudget,
  'GET /api/v1/budgets/{id}/refusals': ofBudget,
  'GET /api/v1/budgets/{id}/figures/{figure}': (org) => ofBudget(org, { figure: 'charged' }),
  'POST /api/v1/budgets/{id}/stop': async (org) => ({ ...(await ofBudget(org)), body: { reason: 'an example' } }),
  'GET /api/v1/budgets/{id}/grants': ofBudget,
  'POST /api/v1/budgets/{id}/grants': async (org) => ({
    ...(await ofBudget(org)),
    body: { amount: '1', reason: 'an example', expiresAt: toIso(plus(await readClock(reader()), days(1))) },
  }),
  ...RECOVERY_EXAMPLES,
  'PATCH /api/v1/workloads/{slug}/targets/{stage}': async (org) => {
    const { params } = await ofWorkload(org);
    return { params: { ...params, stage: 'pilot' }, body: { quality: 0.8 } };
  },
  ...LEASE_EXAMPLES,
  'GET /api/v1/grants/{id}': ofGrant,
  'POST /api/v1/grants/{id}/approve': async (org) => ({ ...(await ofGrant(org)), body: {} }),
  'DELETE /api/v1/grants/{id}': async (org) => ({ ...(await ofGrant(org)), query: { reason: 'an example' } }),
  'GET /api/v1/stops/{id}': async (org) => ({ params: { id: await aStop(org) } }),
  'POST /api/v1/stops/{id}/lift': async (org) => ({ params: { id: await aStop(org) }, body: { why: 'an example' } }),
  'GET /api/v1/containment-actions/{id}': ofAction,
  'POST /api/v1/containment-actions/{id}/start': (org) => ofAction(org, { prepare: true }),
  'PATCH /api/v1/containment-actions/{id}': async (org) => ({ ...(await ofAction(org)), body: { reason: 'another' } }),
  'DELETE /api/v1/containment-actions/{id}': async (org) => ({ ...(await ofAction(org)), query: { reason: 'an example' } }),
  'GET /api/v1/breaches/{id}': ofBreach,
  'GET /api/v1/breaches/{id}/signals': ofBreach,
  'POST /api/v1/breaches/{id}/acknowledge': async (org) => ({ ...(await ofBreach(org)), body: {} }),
  'POST /api/v1/breaches/{id}/cause': async (org) => ({ ...(await ofBreach(org)), body: { cause: 'an example' } }),
  'POST /api/v1/breaches/{id}/notes': async (org) => ({ ...(await ofBreach(org)), body: { text: 'an example' } }),
  'POST /api/v1/breaches/{id}/reopen': async (org) => {
    const id = await aBreach(org);
    await org.run((ctx) => closeBreach(ctx, id, 'An example.'));
    return { params: { id }, body: { why: 'an example' } };
  },
  'GET /api/v1/escalation-policies/{id}': async (org) => ({ params: { id: await aPolicy(org) } }),
  'PATCH /api/v1/escalation-policies/{id}': async (org) => ({ params: { id: await aPolicy(org) }, body: { name: 'Renamed' } }),
  'DELETE /api/v1/escalation-policies/{id}': async (org) => ({ params: { id: await aPolicy(org) } }),
  'GET /api/v1/workloads/{slug}': ofWorkload,
  'PATCH /api/v1/workloads/{slug}': async (org) => ({ ...(await ofWorkload(org)), body: { team: 'care' } }),
  'POST /api/v1/workloads/{slug}/features': async (org) => ({ ...(await ofWorkload(org)), body: { slug: 'summarise' } }),
};
