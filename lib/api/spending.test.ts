import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { gatewayDoors } from '@/lib/gateway/doors';
import { doors } from './doors';

const nameOf = ({ method, path: address }: { method: string; path: string }): string => `${method} ${address}`;

/** Where usage or money comes in, and what stands in its way. Whoever adds a door to spending writes it down here. */
const SPENDING: Record<string, string> = {
  'POST /api/gateway/{provider}/v1/chat/completions': 'bounded, asked for, settled',
  'POST /api/gateway/{provider}/v1/responses': 'bounded, asked for, settled',
  'POST /api/gateway/{provider}/v1/embeddings': 'bounded, asked for, settled',
  'POST /api/gateway/{provider}/v1/messages': 'bounded, asked for, settled',
  'POST /api/gateway/{provider}/v1/messages/count_tokens': 'costs nothing',
  'GET /api/gateway/{provider}/v1/models': 'costs nothing',
  'POST /api/v1/authorize': 'decides',
  'POST /api/v1/settle': 'ends a hold that was decided',
  'POST /api/v1/release': 'ends a hold that was decided',
  'POST /api/v1/leases': 'decides',
  'POST /api/v1/leases/{id}/settle': 'books under what was decided, and decides on more',
  'DELETE /api/v1/leases/{id}': 'ends what was decided',
  'POST /api/v1/usage': 'books what was spent already, and raises the stop',
};

const RIGHTS_TO_SPEND = ['gateway.call', 'spend.authorize', 'usage.write'];
// What came of a call is no money, and is written by whoever reported the call.
const NO_MONEY = ['PATCH /api/v1/usage/{eventId}/outcome'];

const ROOT = path.resolve(import.meta.dirname, '../..');
const sources = ['lib', 'app', 'server'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\//.test(file)),
);
const importing = (name: string): string[] => sources.filter((file) => readFileSync(path.join(ROOT, file), 'utf8').includes(name)).sort();

it('every door to spending is guarded', () => {
  const found = doors.filter((door) => RIGHTS_TO_SPEND.includes(door.right) || door.path.startsWith('/api/gateway'));
  expect(
    found
      .map(nameOf)
      .filter((name) => !NO_MONEY.includes(name))
      .sort(),
  ).toEqual(Object.keys(SPENDING).sort());
  // A provider is reached by two verbs: the one that asks first, and the one for what costs nothing.
  expect(importing("from '@/lib/egress/open'")).toEqual(['lib/gateway/call.ts', 'lib/gateway/free.ts']);
  expect(importing('rememberedProvider')).toEqual(['lib/gateway/call.ts', 'lib/gateway/free.ts', 'lib/provider/remembered.ts']);
  expect(importing('findProvider(reader()')).toEqual(['lib/provider/remembered.ts']);
  expect(importing("from './free'")).toEqual(['lib/gateway/doors.ts']);
  expect(gatewayDoors.map(nameOf).sort()).toEqual(
    Object.keys(SPENDING)
      .filter((name) => name.includes('/gateway/'))
      .sort(),
  );
});
