import { NotCalled } from './errors.js';
import { StreamReader } from './stream.js';
import { type Units, type Used, usedBy } from './usage.js';

/** What was allowed: call this model, with these limits. */
export type Allowed = {
  holdId: string;
  heldNanoUsd: string;
  expiresAt: string;
  provider: string;
  model: string;
  routedBy: string | null;
  maxUnits: Units;
  featuresOff: string[];
  /** States that the provider is not called: what was set aside goes back at once. Return or throw after it. */
  notCalled(): void;
};

/** How a guarded call is settled. */
export type Settling<Answer> = {
  /** What the answer used, where its shape is not one that is known. */
  used?: (answer: Answer) => Used | undefined;
  outcome?: 'success' | 'failure' | 'unknown';
};

/**
 * How what was set aside for a call ends: settled with what it used (undefined where its answer does not say), given back, or left,
 * where nobody knows what the provider did.
 */
export type Ends = { settle(used: Used | undefined): Promise<void>; release(): Promise<void>; leave(): void };

type Pending = { totalUsage: PromiseLike<unknown>; response?: unknown };
const isPending = (answer: unknown): answer is Pending =>
  typeof (answer as { totalUsage?: { then?: unknown } } | null)?.totalUsage?.then === 'function';
const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/** Makes a call that was allowed and ends what was set aside for it, whatever comes of it. @throws what `call` throws */
export async function guarded<Answer>(
  allowed: Allowed,
  call: (allowed: Allowed) => Promise<Answer> | Answer,
  usedOf: Settling<Awaited<Answer>>['used'],
  ends: Ends,
): Promise<Awaited<Answer>> {
  let isCalled = true;
  allowed.notCalled = () => {
    isCalled = false;
  };
  let answer: Awaited<Answer>;
  try {
    answer = await call(allowed);
  } catch (error) {
    if (!isCalled || error instanceof NotCalled) await ends.release();
    else ends.leave();
    throw error;
  }
  if (!isCalled) await ends.release();
  else if (isPending(answer) && !usedOf) void whenDone(answer, ends);
  else if (isStream(answer)) return reading(answer, ends) as Awaited<Answer>;
  else await ends.settle(usedOf ? usedOf(answer) : usedBy(answer));
  return answer;
}

/** AI SDK's `streamText` gives its answer at once, and what it used when the stream has been read. */
async function whenDone(answer: Pending, ends: Ends): Promise<void> {
  const ended = await Promise.all([answer.totalUsage, answer.response]).catch(() => null);
  await ends.settle(ended ? usedBy({ totalUsage: ended[0], response: ended[1] }) : undefined);
}

/** The same stream, read on its way: settled in the end, at the reader's leaving too. */
function reading(stream: AsyncIterable<unknown>, ends: Ends): AsyncIterable<unknown> {
  const iterator = async function* () {
    const reader = new StreamReader();
    try {
      for await (const event of stream) {
        reader.take(event);
        yield event;
      }
    } finally {
      await ends.settle(reader.used());
    }
  };
  let once: AsyncGenerator<unknown> | undefined;
  return new Proxy(stream, {
    get(target, name) {
      if (name === Symbol.asyncIterator) return () => (once ??= iterator());
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
