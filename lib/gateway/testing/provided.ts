import { expect } from 'vitest';
import { patchProvider } from '@/lib/provider/doors';
import { knock, type UsageOrg } from '@/lib/testing/usage-org';

/** The key that the stand-in is called with: it may be seen by nobody else. */
export const PROVIDER_KEY = 'sk-provider/key+of=the-tests';

/** Points one of the providers that are there from the start at another address, by its door. */
export async function provide(org: UsageOrg, slug: 'openai' | 'anthropic', baseUrl: string): Promise<void> {
  const { status } = await knock(patchProvider, org, { params: { slug }, body: { baseUrl, apiKey: PROVIDER_KEY } });
  expect(status).toBe(200);
}
