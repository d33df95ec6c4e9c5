import { expect, it } from 'vitest';
import { attack } from './attack';

it('steps climb once: whatever the clock does and whoever is killed, each step of each breach is told once, in its time', async () => {
  const proof = await attack({ steps: 150, breaches: 15 });
  expect(proof.faults).toEqual([]);
  expect(proof).toMatchObject({ skipped: 0, doubled: 0, early: 0 });
  expect(proof.steps).toBeGreaterThanOrEqual(150);
}, 240_000);
