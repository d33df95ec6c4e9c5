import type { PlantedFault } from '../fault';

const provider = 'lib/provider/provider.test.ts';
const guard = 'sdk/src/guard.test.ts';
const usage = 'sdk/src/usage.test.ts';

/** Faults of the providers and their keys, and of the client that programs ask with. */
export const programs: readonly PlantedFault[] = [
  {
    test: 'a key that is set while the address moves stays with its host',
    in: 'lib/provider/at-once.test.ts',
    at: 'lib/provider/change.ts',
    from: '  await lockProvider(ctx, slug);\n  const before = await readProvider(ctx, slug);\n  requireVersion',
    to: '  const before = await readProvider(ctx, slug);\n  requireVersion',
  },
  {
    test: 'of two who change what they saw the second is told so, also where it had no row yet',
    in: 'lib/provider/at-once.test.ts',
    at: 'lib/provider/change.ts',
    from: '  await lockProvider(ctx, slug);\n  const before = await readProvider(ctx, slug);\n  requireVersion',
    to: '  const before = await readProvider(ctx, slug);\n  requireVersion',
  },
  {
    test: 'of two who take one name the second is told that it is taken',
    in: 'lib/provider/at-once.test.ts',
    at: 'lib/provider/change.ts',
    from: '  await lockProvider(ctx, given.slug);\n',
    to: '',
  },
  {
    test: 'a key is kept encrypted',
    in: provider,
    at: 'lib/provider/change.ts',
    from: '[lockAway(apiKey, placeOfKey(ctx.orgId, slug)),',
    to: "[lockAway(apiKey, 'provider'),",
  },
  {
    test: 'a kept key does not follow to another host',
    in: provider,
    at: 'lib/provider/change.ts',
    from: 'change.apiKey === undefined &&',
    to: 'change.apiKey === null &&',
  },
  {
    test: 'ending one forgets its key',
    in: provider,
    at: 'lib/provider/change.ts',
    from: 'ended_at = $3, sealed_key = NULL, key_ending = NULL, key_set_at = NULL,',
    to: 'ended_at = $3,',
  },
  {
    test: 'a stop is thrown before the call, once, with what to show instead',
    in: guard,
    at: 'sdk/src/errors.ts',
    from: "const STOPPED = ['stopped', 'too_large'];",
    to: "const STOPPED = ['stopped'];",
  },
  {
    test: 'a provider that was not called costs nothing; one that may have been stays set aside',
    in: guard,
    at: 'sdk/src/guarded.ts',
    from: 'if (!isCalled || error instanceof NotCalled) await ends.release();\n    else ends.leave();',
    to: 'await ends.release();',
  },
  {
    test: 'an answer that is lost is asked for again: one hold, one settlement',
    in: guard,
    at: 'sdk/src/transport.ts',
    from: 'if (!isLost) return answer;',
    to: "if (!isLost) return answer;\n      if ('idempotencyKey' in body) body = { ...body, idempotencyKey: crypto.randomUUID() };",
  },
  {
    test: 'while nobody can be asked no call is made',
    in: guard,
    at: 'sdk/src/hardstop.ts',
    from: "const answer = (await this.#transport.post('authorize', body, wait)) as",
    to: "const answer = (await this.#transport.post('authorize', body, wait).catch(() => ({ decision: 'allow' }))) as",
  },
  {
    test: 'null says nothing, and a first token that is not written yet is no report',
    in: usage,
    at: 'sdk/src/stream.ts',
    from: 'if (value !== null && value !== undefined) this.#usage[name] = value;',
    to: 'this.#usage[name] ??= value;',
  },
  {
    test: 'a chat',
    in: usage,
    at: 'sdk/src/usage.ts',
    from: 'rest -= part;',
    to: 'rest -= 0 * part;',
  },
  {
    test: 'is small, and brings nothing with it',
    in: 'sdk/package.test.ts',
    at: 'sdk/package.json',
    from: '    "dist"\n',
    to: '    "dist", "src"\n',
  },
  {
    test: 'a stream that is left or cut before it has said all leaves its hold, at every event',
    in: 'sdk/src/stream.test.ts',
    at: 'sdk/src/stream.ts',
    from: 'return this.#isWhole ? usedBy',
    to: 'return this.#answer ? usedBy',
  },
  {
    test: 'counts that come with each piece are none before all its choices have ended',
    in: usage,
    at: 'sdk/src/stream.ts',
    from: 'if (usage) return this.#open.size === 0;',
    to: 'if (usage) return true;',
  },
  {
    test: 'responses with searches, which are billed beside their tokens',
    in: usage,
    at: 'sdk/src/usage.ts',
    from: '(web_search|file_search)_call$',
    to: '(web_search)_call$',
  },
  {
    test: 'all that is kept is sealed anew with the current key, and opens when the former one is forgotten',
    in: 'lib/setup/reseal.test.ts',
    at: 'lib/setup/reseal.ts',
    from: 'takeOut(sealed, place, [current, old])',
    to: 'sealed',
  },
];
