import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getAudit } from '@/lib/api/audit';
import { httpLog, logAllTo } from '@/lib/http/log';
import { getProviders, patchProvider } from '@/lib/provider/doors';
import { knock, type UsageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough, MESSAGE } from './testing/calls';
import { PROVIDER_KEY, provide } from './testing/provided';
import { events, json, type Received, standIn } from './testing/stand-in';
import { settledBooksOf, useFront } from './testing/through';
import { chatAnswer, chatEvents, messageAnswer, messageEvents } from './testing/wires';

/** Everything that was written, or answered, since the test began. */
let seen: string[] = [];
const lines = { write: (line: string) => void seen.push(line) };

useDatabase();
const provider = standIn();
const { call, provided } = callsThrough(useFront(pino({ level: 'trace' }, lines)), provider);

beforeEach(() => {
  seen = [];
  logAllTo(lines);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      seen.push(String(text));
      return true;
    });
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void seen.push(said.map((each) => inspect(each)).join(' ')));
});
afterEach(() => vi.restoreAllMocks());

const FORMS = [PROVIDER_KEY, encodeURIComponent(PROVIDER_KEY), Buffer.from(PROVIDER_KEY).toString('base64').replace(/=+$/, '')];
const BYTES = [...Buffer.from(PROVIDER_KEY)].join(',');

function expectUnseen(): void {
  const all = seen.join('\n');
  for (const form of [...FORMS, Buffer.from(`Bearer ${PROVIDER_KEY}`).toString('base64').slice(10, -4), BYTES])
    expect(all).not.toContain(form);
}

/** Calls, and keeps all of the answer, or the error of a stream that was cut. */
async function heard(org: UsageOrg, at: string, body: object): Promise<number> {
  try {
    const response = await call(org, at, body);
    seen.push(JSON.stringify([...response.headers]));
    seen.push(await response.text().catch((error: Error) => String(error)));
    return response.status;
  } catch (error) {
    seen.push(String(error));
    return 0;
  }
}

const WIRES = [
  { at: 'openai/v1/chat/completions', body: CHAT, whole: chatAnswer(), sent: chatEvents() },
  { at: 'anthropic/v1/messages', body: MESSAGE, whole: messageAnswer(), sent: messageEvents() },
];
const told = `Incorrect API key provided: ${FORMS.join(' or ')} (Bearer ${PROVIDER_KEY}; ${Buffer.from(`Bearer ${PROVIDER_KEY}`).toString('base64')})`;

const raw =
  (text: string) =>
  (_: Received, response: ServerResponse): void =>
    void response.socket?.end(text);

describe('the provider’s key is in no log line, no answer and no error', () => {
  it.each([
    ['a good answer', 200, json(chatAnswer())],
    ['a good answer that repeats it', 200, json({ ...chatAnswer(), system_fingerprint: told })],
    ['a 401 that repeats it', 401, json({ error: { message: told, type: 'invalid_request_error', code: 'invalid_api_key' } }, 401)],
    ['a 401 that repeats it in its headers', 401, json({}, 401, { 'openai-said': PROVIDER_KEY, 'request-id': FORMS[2] ?? '' })],
    ['an error that is no JSON', 500, (_: Received, response: ServerResponse) => void response.writeHead(500).end(`<p>${told}</p>`)],
    [
      'a good answer that is no JSON',
      200,
      (_: Received, response: ServerResponse) => void response.writeHead(200, { 'content-type': 'application/json' }).end(`{"${told}`),
    ],
    ['an answer that is no HTTP', 502, raw(`${told}\r\n\r\n`)],
    ['a head that breaks off', 502, raw(`HTTP/1.1 200 OK\r\nx-key: ${PROVIDER_KEY}\r\nbad header ${told}\r\n\r\n`)],
    ['an answer that is cut', 502, raw(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{"a":"${told}`)],
    ['a way of packing that is not known', 502, json({ told }, 200, { 'content-encoding': 'zpaq' })],
  ])('of %s', async (_, status, answer) => {
    const org = await provided();
    for (const { at, body } of WIRES) {
      provider.answers(answer);
      expect(await heard(org, at, { ...body, stream: false })).toBe(status);
    }
    expect(JSON.stringify(provider.received[0]?.headers)).toContain(PROVIDER_KEY);
    expectUnseen();
  });

  it('of a stream, whole, cut, and with an error in it', async () => {
    for (const { at, body, sent } of WIRES) {
      const failed = `event: error\ndata: ${JSON.stringify({ type: 'error', error: { message: told } })}\n\n`;
      for (const answer of [
        events(sent),
        events([...sent.slice(0, 2), failed]),
        events([...sent.slice(0, 2), failed], 3),
        events([failed, 'data: {']),
      ]) {
        const org = await provided();
        provider.answers(answer);
        expect(await heard(org, at, body)).toBe(200);
        await settledBooksOf(org);
      }
    }
    expect(seen.join('')).toContain('[key]');
    expectUnseen();
  });

  it('of a provider that is not there', async () => {
    const org = await provided();
    for (const baseUrl of ['http://127.0.0.1:1/v1', 'https://no-such-host.invalid/v1']) {
      await provide(org, 'openai', baseUrl);
      expect(await heard(org, 'openai/v1/chat/completions', { ...CHAT, stream: false }), baseUrl).toBe(502);
    }
    expectUnseen();
  });

  it('of what costs nothing', async () => {
    const org = await provided();
    provider.answers(json({ error: { message: told } }, 401, { 'openai-said': PROVIDER_KEY }));
    expect(await heard(org, 'anthropic/v1/messages/count_tokens', MESSAGE)).toBe(401);
    expectUnseen();
  });

  it('of the doors where it is set, the change log, and faults of ours', async () => {
    const org = await provided();
    const bad = await knock(patchProvider, org, {
      params: { slug: 'openai' },
      body: { apiKey: `${PROVIDER_KEY} ${PROVIDER_KEY}`, x: PROVIDER_KEY },
    });
    expect(bad.status).toBe(422);
    for (const door of [getProviders, getAudit]) seen.push((await knock(door, org)).text);
    const apiKey = PROVIDER_KEY;
    httpLog().error({ err: new Error('a bug', { cause: { apiKey } }), provider: { apiKey }, apiKey }, 'a bug answered 500');
    expectUnseen();
  });
});

it('what is written and answered is looked at: a line with it is found', () => {
  httpLog().info({ header: PROVIDER_KEY }, 'seen');
  expect(expectUnseen).toThrow();
});
