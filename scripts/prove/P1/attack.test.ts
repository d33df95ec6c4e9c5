import { expect, it } from 'vitest';
import { attack } from './attack';

it('holds under SIGKILL', async () => {
  const proof = await attack({ kills: 10 });
  expect(proof.faults).toEqual([]);
  expect(proof).toMatchObject({ appKills: 8, databaseKills: 2 });
  expect(proof.durable).toBeGreaterThan(500);
  for (const each of ['reported', 'leases', 'cutInCommit', 'limitsMoved', 'grants', 'repriced'] as const)
    expect(proof[each], each).toBeGreaterThan(0);
  expect(proof.stops).toBeGreaterThan(5);
}, 240_000);
