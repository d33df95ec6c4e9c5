import { listPolicies } from '@/lib/breach/policy/reads';
import type { Context } from '@/lib/context';
import { readBriefFacts } from '../brief/read';
import { implementationOf } from './findings';
import type { ImplementationOut } from './schema';

const MOST = 500;

/** The implementation audit of an organisation, from what its screens show. */
export async function readImplementation(ctx: Context): Promise<ImplementationOut> {
  const [facts, policies] = await Promise.all([readBriefFacts(ctx), listPolicies(ctx, { limit: MOST, state: 'active' })]);
  return implementationOf({ ...facts, hasDefaultPolicy: policies.items.some((each) => each.isDefault) });
}
