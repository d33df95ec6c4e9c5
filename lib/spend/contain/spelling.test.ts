import { describe, expect, it } from 'vitest';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { Op } from '@/lib/spend/decide/ops';
import { authorizeIn } from '@/lib/spend/schema';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { decided } from '@/lib/testing/budgets';
import { contain } from '@/lib/testing/containment';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

/** Asks as a program sends it, by whatever spelling. */
const sent = (org: TestOrg, part: Record<string, unknown>, now = NOON): Promise<Record<string, string>> =>
  decided(org, { kind: 'authorize', request: authorizeIn.parse({ ...anAsk(), ...part }) }, now);

const denied = (reason: string, actionId: string) => ({ decision: 'deny', reason, actionId, budgetId: null, stopId: null });

describe('a block', () => {
  it.each([
    [
      'workload',
      { scope: { workload: 'support-bot' } },
      ['Support-Bot', ' SUPPORT_BOT ', 'ｓｕｐｐｏｒｔ-bot', 'support\u200b-bot', 'support bot'],
      'workload',
    ],
    ['feature', { scope: { feature: 'Images' } }, ['images', 'IMAGES', 'i\u00admages', 'ｉmages'], 'feature'],
    ['customer', { scope: { customer: 'acme' } }, ['ACME', 'Acme\u200d'], 'customer'],
    ['provider', { scope: { provider: 'azure' } }, ['AZURE', 'azure_openai', 'Azure_AI', 'az.ai.openai'], 'provider'],
    ['model', { scope: { model: 'gpt-4o' } }, ['GPT-4o', 'gpt-4o-2024-08-06', 'openai/gpt-4o', 'gpt_4o'], 'model'],
    ['dated model', { scope: { provider: 'openai', model: 'GPT-4o-2024-08-06' } }, ['gpt-4o', 'gpt-4o-2024-08-06'], 'model'],
  ])('knows its %s by every spelling', async (_, part, spellings, field) => {
    const org = await anOrg();
    const block = await contain(org, part);
    for (const spelling of spellings) expect(await sent(org, { [field]: spelling }), spelling).toMatchObject(denied('blocked', block.id));
    expect(await sent(org, { workload: 'other', feature: 'other', customer: 'other', provider: 'openai', model: 'gpt-4.1' })).toMatchObject(
      {
        decision: 'allow',
      },
    );
  });

  it('knows a tag by every spelling, and by what the key pins whatever the call says', async () => {
    const org = await anOrg();
    const block = await contain(org, { scope: { tags: { env: 'prod' } } });
    expect(await sent(org, { tags: { Env: 'PROD ' } })).toMatchObject(denied('blocked', block.id));
    expect(await sent(org, { tags: { env: 'dev', ENV: 'prod' } })).toMatchObject(denied('blocked', block.id));
    expect(await sent(org, { tags: { env: 'dev' } })).toMatchObject({ decision: 'allow' });
    const pinned: Op = {
      kind: 'authorize',
      keyId: org.keys['spend:authorize'].id,
      pins: { tags: { env: 'prod' } },
      request: anAsk({ tags: { env: 'dev' } }),
    };
    expect(await decideTogether(org.orgId, [pinned], NOON)).toMatchObject([{ answer: denied('blocked', block.id) }]);
    await contain(org, { scope: { workload: 'pinned' } });
    const other: Op = {
      kind: 'authorize',
      keyId: org.keys['spend:authorize'].id,
      pins: { workload: 'pinned', tags: {} },
      request: anAsk({ workload: 'writer' }),
    };
    expect(await decideTogether(org.orgId, [other], NOON)).toMatchObject([{ answer: { reason: 'blocked' } }]);
  });
});
