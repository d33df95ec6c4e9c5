import { type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { provide } from './provided';
import type { StandIn } from './stand-in';

/** What is asked of the two wires: room for 100 tokens out, streamed. */
export const CHAT = { model: 'gpt-4o', max_tokens: 100, stream: true, messages: [{ role: 'user', content: 'Hello' }] };
export const MESSAGE = { ...CHAT, model: 'claude-sonnet-4-20250514' };

/** Calls through a front as plain programs do, without a client library. */
export function callsThrough(front: () => string, provider: StandIn) {
  const call = (org: UsageOrg, at: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
    fetch(`${front()}/api/gateway/${at}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.secret}`, 'content-type': 'application/json', 'x-hardstop-workload': 'support-bot' },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  return {
    call,
    chat: (org: UsageOrg, signal?: AbortSignal) => call(org, 'openai/v1/chat/completions', CHAT, signal),
    /** An organisation with one budget, whose providers are the stand-in. */
    async provided(amount = '10'): Promise<UsageOrg> {
      const org = await usageOrg([{ amount, workload: 'support-bot' }]);
      await provide(org, 'openai', provider.baseUrl());
      await provide(org, 'anthropic', provider.baseUrl());
      return org;
    },
  };
}
