import { expect, it } from 'vitest';
import { attack } from './attack';
import { OUTAGES } from './outages';

it('comes back by itself from whatever is taken away, and every figure is right', async () => {
  const proof = await attack({ lengths: [700] });
  expect(proof.faults).toEqual([]);
  expect(proof.outages).toBe(Object.keys(OUTAGES).length);
  expect(proof.durable).toBeGreaterThan(100);
  expect(proof.unavailable).toBeGreaterThan(0);
}, 240_000);
