import { expect, it, vi } from 'vitest';
import { makeActionDoor } from '@/lib/containment/doors';
import { reader } from '@/lib/db';
import { knock, type UsageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough } from '../testing/calls';
import { json, standIn } from '../testing/stand-in';
import { useFront } from '../testing/through';
import { chatAnswer } from '../testing/wires';

// The stand-in does not answer at OpenAI's address: it is taken for OpenAI here.
vi.mock('./encoding', async (original) => {
  const { encodingOf } = await original<typeof import('./encoding')>();
  const baseUrl = 'https://api.openai.com/v1';
  return { encodingOf: (provider: Parameters<typeof encodingOf>[0], model: string) => encodingOf({ ...provider, baseUrl }, model) };
});

useDatabase();
const provider = standIn();
const { call, provided } = callsThrough(useFront(), provider);

const TEXT = 'The quick brown fox jumps over the lazy dog beside the river. '.repeat(100);
const BODY = { ...CHAT, stream: false, messages: [{ role: 'user', content: TEXT }] };

async function inputHeldFor(org: UsageOrg, body: object): Promise<{ model: string; input: number }> {
  provider.answers(json(chatAnswer()));
  expect((await call(org, 'openai/v1/chat/completions', body)).status).toBe(200);
  const [hold] = await reader().query<{ model: string; input: number }>(
    `SELECT model_called AS model, (max_units->>'input')::int AS input FROM hold WHERE org_id = $1 ORDER BY authorised_at DESC LIMIT 1`,
    [org.orgId],
  );
  return hold as { model: string; input: number };
}

it('what is set aside for a call is its tokens where its tokenizer is known, and its bytes where not', async () => {
  const org = await provided();
  const { input } = await inputHeldFor(org, BODY);
  expect(input).toBeGreaterThan(1_000 + 1_200);
  expect(input).toBeLessThan(TEXT.length / 2);
  const other = await inputHeldFor(org, { ...BODY, model: 'codex-mini-latest' });
  expect(other.input).toBeGreaterThan(1_000 + TEXT.length);
});

it('a call that is routed to a model of another tokenizer is bounded for that one', async () => {
  const org = await provided();
  for (const [to, isCounted] of [
    ['gpt-4o-mini', true],
    ['gpt-4-turbo', false],
  ] as const) {
    const from = { provider: 'openai', model: to === 'gpt-4o-mini' ? 'gpt-4o' : 'gpt-4.1' };
    const body = {
      kind: 'route',
      scope: { workload: 'support-bot' },
      params: { from, to: { provider: 'openai', model: to } },
      reason: 'A loop',
    };
    expect((await knock(makeActionDoor, org, { body })).status).toBe(201);
    const held = await inputHeldFor(org, { ...BODY, model: from.model });
    expect(held.model).toBe(to);
    if (isCounted) expect(held.input).toBeLessThan(TEXT.length / 2);
    else expect(held.input).toBeGreaterThan(1_000 + TEXT.length);
  }
});
