import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { transaction } from '@/lib/db';
import { postKey } from '@/lib/org/key/doors';
import { recomputePeriods } from '@/lib/spend/recompute';
import { knock, type UsageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough, MESSAGE } from './testing/calls';
import { standIn } from './testing/stand-in';
import { booksOf, settledBooksOf, useFront } from './testing/through';
import { CHAT_COST, chatEvents, MESSAGE_COST, messageEvents } from './testing/wires';

useDatabase();
const provider = standIn();
const { call, chat, provided } = callsThrough(useFront(), provider);

const WIRES = [
  { at: 'openai/v1/chat/completions', body: CHAT, sent: chatEvents(), part: 3, whole: 5, cost: CHAT_COST },
  { at: 'anthropic/v1/messages', body: MESSAGE, sent: messageEvents(), part: 7, whole: 8, cost: MESSAGE_COST },
];

/** The organisation, called with another key of its own. @param afterMs when that expires */
async function withKey(org: UsageOrg, afterMs: number): Promise<UsageOrg & { expiresAt: number }> {
  const expiresAt = Date.now() + afterMs;
  const body = { name: 'soon over', scopes: ['gateway'], expiresAt: new Date(expiresAt).toISOString() };
  const { status, json } = await knock(postKey, org, { body });
  expect(status).toBe(201);
  return { ...org, secret: json.secret as string, keyId: json.id as string, expiresAt };
}

/** The provider sends these events and then nothing more, until it is left. @returns resolves when it has been */
function stalledAfter(sent: string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  provider.answers((_, response) => {
    response.once('close', resolve).writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    for (const event of sent) response.write(event);
  });
  return promise;
}

it('a running stream is cut within about a second of its key having expired, and its hold is presumed in full', async () => {
  for (const { at, body, sent, part } of WIRES) {
    const org = await withKey(await provided(), 1_000);
    const left = stalledAfter(sent.slice(0, part));
    const response = await call(org, at, body);
    const { held } = await booksOf(org);
    expect(held).toBeGreaterThan(0n);
    const text = await response.text();
    expect(Date.now() - org.expiresAt).toBeGreaterThanOrEqual(0);
    expect(Date.now() - org.expiresAt).toBeLessThan(2_500);
    expect(text).toContain('has expired');
    if (at.startsWith('openai')) expect(text).toContain('"code":"key_expired"');
    await left;
    await sleep(100);
    expect(await booksOf(org)).toEqual({ held: 0n, charged: held, open: 0 });
    expect((await call(org, at, body)).status).toBe(401);
    expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
  }
});

it('an answer that was whole when its key expired is booked as reported', async () => {
  for (const { at, body, sent, whole, cost } of WIRES) {
    const org = await withKey(await provided(), 1_000);
    const left = stalledAfter(sent.slice(0, whole));
    expect(await (await call(org, at, body)).text()).toContain('has expired');
    await left;
    await expect.poll(() => booksOf(org), { interval: 5, timeout: 5_000 }).toEqual({ held: 0n, charged: cost, open: 0 });
  }
});

it('a key that expires later, or never, cuts nothing', async () => {
  const org = await provided();
  const later = await withKey(org, 60_000);
  const sent = chatEvents();
  provider.answers(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(sent[0]);
    await sleep(2_500);
    response.end(sent.slice(1).join(''));
  });
  const [one, other] = await Promise.all([chat(later), chat(org)]);
  for (const text of await Promise.all([one.text(), other.text()])) expect(text).toContain('[DONE]');
  expect(await settledBooksOf(org)).toEqual({ held: 0n, charged: 2n * CHAT_COST, open: 0 });
});
