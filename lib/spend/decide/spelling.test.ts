import { beforeAll, describe, expect, it } from 'vitest';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { NOON } from '@/lib/testing/bare-org';
import { asked, CALL, expectUsed, filled } from '@/lib/testing/tight-org';
import { aRecord, knock, standClock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();
const setClock = standClock();
beforeAll(() => setClock(NOON));

describe('spending without being seen', () => {
  it.each(['Support-Bot', ' support-bot', 'support-bot\u200b', 'ѕupport-bot', 'other-bot', 'support-bot/'])(
    'another spelling of the workload (%s) leads a pinned key nowhere else',
    async (workload) => {
      const { org } = await filled({}, ['pin_workload', 'support-bot']);
      expect((await asked(org, { workload })).decision ?? 'deny').toBe('deny');
      const { json } = await knock(ingestUsageDoor, org, { body: { records: [aRecord(org, { workload })] } });
      await expectUsed(org, 2n * CALL, json.accepted === 1 ? CALL : 0n);
    },
  );

  it.each(['Summarise', 'summarise ', 'summarise\u200b', 'other', ''])(
    'another spelling of the feature (%j) leads a pinned key nowhere else',
    async (feature) => {
      const { org } = await filled({ feature: 'summarise' }, ['pin_feature', 'summarise']);
      expect((await asked(org, { feature })).decision ?? 'deny').toBe('deny');
      await expectUsed(org, 2n * CALL);
    },
  );

  it.each(['GPT-4O', 'gpt-4o ', 'openai/gpt-4o', 'gpt-4o-2024-08-06'])(
    'another spelling of the model (%s) costs what the model costs',
    async (model) => {
      const { org } = await filled();
      expect((await asked(org, { model })).decision ?? 'deny').toBe('deny');
      await expectUsed(org, 2n * CALL);
    },
  );
});
