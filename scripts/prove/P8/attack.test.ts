import { expect, it } from 'vitest';
import { attack } from './attack';

it('no way to name a private address reaches one', async () => {
  const proof = await attack({ variants: 2_500 });
  expect(proof.faults.slice(0, 5)).toEqual([]);
  expect(proof).toMatchObject({ variants: 2_500, reached: 0 });
  expect(Object.keys(proof.kinds).length).toBeGreaterThan(60);
}, 120_000);
