import type { PlantedFault } from '../fault';

const books = 'lib/gateway/books.test.ts';
const clients = 'lib/gateway/clients.test.ts';
const wires = 'lib/gateway/wire/wires.test.ts';

/** Faults of the gateway and of the list of doors to spending. */
export const gateway: readonly PlantedFault[] = [
  {
    test: 'a client that leaves at any of them pays what the provider reports at the end',
    in: books,
    at: 'lib/gateway/relay.ts',
    from: 'drain = setTimeout(() => upstream.destroy(), DRAIN_MS);',
    to: 'upstream.destroy();',
  },
  {
    test: 'an upstream that is cut at any of them is the worst that it can have been',
    in: books,
    at: 'lib/gateway/account.ts',
    from: 'isWhole ? { ...worst, output: Math.min(worst.output, textBytes) } : worst',
    to: '{ ...worst, output: Math.min(worst.output, textBytes) }',
  },
  {
    test: 'an upstream that is cut at any of them is the worst that it can have been',
    in: books,
    at: 'lib/gateway/account.ts',
    from: 'isWhole ? reading.units : null',
    to: 'reading.units',
  },
  {
    test: 'of several choices all must have ended',
    in: books,
    at: 'lib/gateway/wire/openai-chat.ts',
    from: 'this.#ended.size >= this.choices',
    to: 'this.#ended.size > 0',
  },
  {
    test: 'what the provider sends is passed on as it comes, to the byte',
    in: books,
    at: 'lib/gateway/relay.ts',
    from: 'controller.enqueue(encoder.encode(text));',
    to: "controller.enqueue(encoder.encode(text.replace('event: ', 'event:')));",
  },
  {
    test: 'the upstream',
    in: books,
    at: 'lib/gateway/call.ts',
    from: 'if (!isGood) await release(payer, allowed);\n  else {',
    to: '{',
  },
  {
    test: 'a provider that cannot be reached costs nothing; one that may have heard is presumed',
    in: books,
    at: 'lib/gateway/call.ts',
    from: 'if (wasNeverSent(error)) await release',
    to: 'await release',
  },
  {
    test: 'an explicit zero is a value',
    in: books,
    at: 'lib/gateway/wire/parts.ts',
    from: "some((value) => typeof value === 'number')",
    to: 'some((value) => Boolean(value))',
  },
  { test: 'busy is waited for', in: books, at: 'lib/gateway/call.ts', from: 'maxWaitMs: BUSY_WAIT_MS', to: 'maxWaitMs: 0' },
  {
    test: 'an upstream that reports nothing is counted, and one that lies is not believed',
    in: books,
    at: 'lib/gateway/account.ts',
    from: 'units: reported ?? counted',
    to: 'units: reported ?? { input: 0, output: 0 }',
  },
  {
    test: 'cumulative usage replaces',
    in: wires,
    at: 'lib/gateway/wire/anthropic-messages.ts',
    from: 'if (value !== null) this.#usage[name] = value;',
    to: "if (value !== null) this.#usage[name] = name === 'output_tokens' ? Number(this.#usage[name] ?? 0) + Number(value) : value;",
  },
  {
    test: 'without asking no usage, not even an empty one, and the text untouched',
    in: wires,
    at: 'lib/gateway/wire/openai-chat.ts',
    from: 'if (choices.length === 0 && next.units !== null) return null;',
    to: '',
  },
  {
    test: 'a file inside a tool’s result',
    in: wires,
    at: 'lib/gateway/wire/content.ts',
    from: 'look(part.content);',
    to: '',
  },
  {
    test: 'multiplies by the number of choices',
    in: wires,
    at: 'lib/gateway/wire/openai-chat.ts',
    from: 'output: output * choicesOf(body)',
    to: 'output',
  },
  {
    test: 'official clients do not retry a stop',
    in: clients,
    at: 'lib/gateway/refusal.ts',
    from: 'stopped: { status: 402,',
    to: 'stopped: { status: 429,',
  },
  {
    test: 'a stop names a fallback and no amounts',
    in: clients,
    at: 'lib/gateway/refusal.ts',
    from: 'fallback?.message, fallback?.url]',
    to: 'fallback?.message]',
  },
  {
    test: 'messages, whole and streamed; two answers with one id are two calls',
    in: clients,
    at: 'lib/gateway/hold.ts',
    from: "fault?.code === 'usage.conflict' ? await settling(unnamed) : fault",
    to: 'fault',
  },
  {
    test: 'another organisation',
    in: clients,
    at: 'lib/provider/find.ts',
    from: 'WHERE org_id = $1 AND slug = $2',
    to: 'WHERE (org_id = $1 OR $1 IS NOT NULL) AND slug = $2',
  },
  {
    test: 'every door to spending is guarded',
    in: 'lib/api/spending.test.ts',
    at: 'lib/gateway/doors.ts',
    from: "path: '/api/gateway/{provider}/v1/models',",
    to: "path: '/api/gateway/{provider}/v1/files',",
  },
  {
    test: 'is unpacked, passed on, and on the books',
    in: 'lib/gateway/bounds.test.ts',
    at: 'lib/gateway/unpack.ts',
    from: "if (encoding === 'identity') return upstream;",
    to: 'if (encoding) return upstream;',
  },
];
