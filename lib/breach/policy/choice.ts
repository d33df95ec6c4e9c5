import type { Context } from '@/lib/context';
import { listMembers } from '@/lib/org/member/reads';
import { listPolicies } from './reads';

const MOST = 500;

/** Who may be made the owner of a budget, and which policies it may name: for forms. */
export async function answersChoice(ctx: Context): Promise<{
  members: { id: string; name: string; isOwner: boolean }[];
  policies: { id: string; name: string; isDefault: boolean }[];
}> {
  const [members, policies] = await Promise.all([
    listMembers(ctx, { limit: MOST, state: 'active' }),
    listPolicies(ctx, { limit: MOST, state: 'active' }),
  ]);
  return {
    members: members.items
      .map(({ id, name, duties }) => ({ id, name, isOwner: duties.includes('budget_owner') }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    policies: policies.items.map(({ id, name, isDefault }) => ({ id, name, isDefault })),
  };
}
