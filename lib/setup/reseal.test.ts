import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { lockAway, takeOut } from '@/lib/auth/vault';
import { reader } from '@/lib/db';
import { placeOfChannel } from '@/lib/notice/channel/sealed';
import { placeOfKey } from '@/lib/provider/place-of-key';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { resealSecrets } from './reseal';

useDatabase();
const [FORMER, CURRENT, NEITHER] = [randomBytes(32), randomBytes(32), randomBytes(32)] as [Buffer, Buffer, Buffer];

it('what a former key has sealed opens beside the current one, and nowhere else', () => {
  const sealed = lockAway('a secret', 'here', [FORMER]);
  expect(takeOut(sealed, 'here', [CURRENT, FORMER])).toBe('a secret');
  expect(() => takeOut(sealed, 'here', [CURRENT])).toThrow();
  expect(() => takeOut(sealed, 'there', [CURRENT, FORMER])).toThrow();
});

it('all that is kept is sealed anew with the current key, and opens when the former one is forgotten', async () => {
  const { orgId } = await anOrg();
  await reader().query(
    `INSERT INTO channel (org_id, id, kind, name, config, sealed, created_by, created_at)
     VALUES ($1, 'chn_1', 'slack', 'Ours', '{"leadsTo":"hooks.slack.com"}', $2, 'mem_1', now())`,
    [orgId, lockAway('of a channel', placeOfChannel(orgId, 'chn_1'), [FORMER])],
  );
  const provider = (slug: string, sealed: string | null) =>
    reader().query(
      `INSERT INTO provider (org_id, slug, wire, base_url, sealed_key, key_ending, key_set_at, created_by, created_at)
       VALUES ($1, $2, 'openai', 'https://models.example.com/v1', $3::text, left($3::text, 4), CASE WHEN $3::text IS NOT NULL THEN now() END, 'mem_1', now())`,
      [orgId, slug, sealed],
    );
  await provider('one', lockAway('of a provider', placeOfKey(orgId, 'one'), [FORMER]));
  await provider('two', lockAway('sealed already', placeOfKey(orgId, 'two'), [CURRENT]));
  await provider('three', lockAway('lost', placeOfKey(orgId, 'three'), [NEITHER]));
  await provider('four', null);
  expect(await resealSecrets([CURRENT, FORMER])).toEqual({ resealed: 2, unopened: 1 });
  const sealedIn = async (table: string, column: string, of: string) => {
    const [row] = await reader().query<{ sealed: string }>(`SELECT ${column} AS sealed FROM ${table} WHERE org_id = $1 AND ${of}`, [orgId]);
    return row?.sealed ?? '';
  };
  const ofProvider = (slug: string) => sealedIn('provider', 'sealed_key', `slug = '${slug}'`);
  expect(takeOut(await sealedIn('channel', 'sealed', `id = 'chn_1'`), placeOfChannel(orgId, 'chn_1'), [CURRENT])).toBe('of a channel');
  expect(takeOut(await ofProvider('one'), placeOfKey(orgId, 'one'), [CURRENT])).toBe('of a provider');
  expect(takeOut(await ofProvider('two'), placeOfKey(orgId, 'two'), [CURRENT])).toBe('sealed already');
  expect(takeOut(await ofProvider('three'), placeOfKey(orgId, 'three'), [NEITHER])).toBe('lost');
  expect(await resealSecrets([CURRENT, FORMER])).toEqual({ resealed: 0, unopened: 1 });
  expect(await resealSecrets([CURRENT])).toEqual({ resealed: 0, unopened: 0 });
});
