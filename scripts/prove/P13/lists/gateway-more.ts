import type { PlantedFault } from '../fault';

const revoked = 'lib/gateway/revoked.test.ts';
const aiClient = 'lib/gateway/ai-client.test.ts';
const remembered = 'lib/provider/remembered.test.ts';
const enforcement = 'lib/gateway/enforcement.test.ts';

/** Faults of the gateway: revoked keys, which calls came through it, the AI SDK as a client, remembered providers. */
export const gatewayMore: readonly PlantedFault[] = [
  {
    test: 'what a provider bills is on the books: cut, hung, lied about, left or killed in the middle',
    in: 'scripts/prove/P3/attack.test.ts',
    at: 'lib/gateway/call.ts',
    from: 'isWhole: meter.isWhole()',
    to: 'isWhole: true',
  },
  {
    test: 'a running stream is cut within about a second of its key being revoked',
    in: revoked,
    at: 'lib/gateway/key-ends.ts',
    from: 'const LOOK_EVERY_MS = 1_000;',
    to: 'const LOOK_EVERY_MS = 4_000;',
  },
  {
    test: 'one without its report stays presumed, however whole it looked',
    in: revoked,
    at: 'lib/gateway/call.ts',
    from: 'went.isWhole && went.reading.units !== null',
    to: 'went.isWhole',
  },
  {
    test: 'an answer that was whole when its stream was cut is booked as reported',
    in: revoked,
    at: 'lib/spend/hold/end-all.ts',
    from: 'if (!isLive && !isMeasuredHere)',
    to: 'if (!isLive)',
  },
  {
    test: 'streams of other keys go on',
    in: revoked,
    at: 'lib/gateway/key-ends.ts',
    from: 'ends.has(named(each)) && running.delete(each)',
    to: 'ends.size > 0 && running.delete(each)',
  },
  {
    test: 'a workload all of whose calls come through the gateway is bound by it',
    in: enforcement,
    at: 'lib/spend/hold/end-all.ts',
    from: "source: through ?? 'settle'",
    to: "source: 'settle'",
  },
  {
    test: 'a workload all of whose calls come through the gateway is bound by it',
    in: enforcement,
    at: 'lib/spend/hold/settlement.ts',
    from: "hold.idempotencyKey.startsWith(GATEWAY_KEYS) ? GATEWAY : 'hold'",
    to: "'hold'",
  },
  {
    test: 'one call that came by another way, and its bound is what it declares again',
    in: enforcement,
    at: 'lib/workload/reads.ts',
    from: 'NOT starts_with(',
    to: 'false AND starts_with(',
  },
  {
    test: 'what moved to the gateway is bound by it after a week',
    in: enforcement,
    at: 'lib/workload/reads.ts',
    from: 'const GATEWAY_DAYS = 7;',
    to: 'const GATEWAY_DAYS = 35;',
  },
  {
    test: 'its calls are settlements as before: a second source adds nothing',
    in: enforcement,
    at: 'lib/recovery/day/silence.ts',
    from: "NOT IN ('settle', 'hold', '",
    to: "NOT IN ('settle', 'hold', 'never ",
  },
  {
    test: 'no program can make a hold look like one of the gateway',
    in: enforcement,
    at: 'lib/spend/schema.ts',
    from: '!key.startsWith(GATEWAY_KEYS)',
    to: '!key.startsWith(GATEWAY_KEYS.repeat(2))',
  },
  {
    test: 'what a person has decided, or nobody can bound, is not retried either',
    in: aiClient,
    at: 'lib/gateway/refusal.ts',
    from: 'too_large: { status: 402,',
    to: 'too_large: { status: 429,',
  },
  {
    test: 'a budget that is only busy is waited for',
    in: aiClient,
    at: 'lib/gateway/refusal.ts',
    from: 'busy: { status: 429,',
    to: 'busy: { status: 402,',
  },
  {
    test: 'a streamed text, of each wire, is on the books',
    in: aiClient,
    at: 'lib/gateway/wire/openai-responses.ts',
    from: 'this.#reading = read(event.response);',
    to: 'this.#reading = read(event);',
  },
  {
    test: 'a key that was changed elsewhere is used within a second',
    in: remembered,
    at: 'lib/provider/remembered.ts',
    from: 'const KEPT_MS = 1_000;',
    to: 'const KEPT_MS = 2_000;',
  },
  {
    test: 'one that was changed or ended here is used at once',
    in: remembered,
    at: 'lib/provider/change.ts',
    from: 'forgetProvider(ctx.orgId, slug);\n  const key',
    to: 'const key',
  },
  {
    test: 'one organisation never has the provider of another',
    in: remembered,
    at: 'lib/provider/remembered.ts',
    from: 'const place = placeOfKey(orgId, slug);',
    to: "const place = placeOfKey('', slug);",
  },
  {
    test: 'no key stays in memory',
    in: remembered,
    at: 'lib/provider/remembered.ts',
    from: 'setTimeout(drop, KEPT_MS).unref();',
    to: '',
  },
];
