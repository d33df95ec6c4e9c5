import { expect, it } from 'vitest';
import { attack } from './attack';

it('what a provider bills is on the books: cut, hung, lied about, left or killed in the middle', async () => {
  const proof = await attack({ calls: 3_000 });
  expect(proof.faults).toEqual([]);
  expect(proof).toMatchObject({ unbookedNanoUsd: '0' });
  expect(proof.calls).toBeGreaterThanOrEqual(3_000);
  expect(proof.exact).toBeGreaterThan(500);
  expect(proof.neverReached).toBeGreaterThan(20);
  expect(proof.presumed).toBeGreaterThan(20);
  expect(proof.kills).toBeGreaterThan(0);
}, 240_000);
