import { expect, it } from 'vitest';
import { attack } from './attack';

it('nobody is missed: whatever is killed and however receivers fail, each crossing reaches everyone it is for', async () => {
  const proof = await attack({ crossings: 60, atOnce: 10 });
  expect(proof.faults).toEqual([]);
  expect(proof).toMatchObject({ crossings: 60, missed: 0, notices: 240 });
  expect(proof.workerKills).toBeGreaterThan(1);
}, 240_000);
