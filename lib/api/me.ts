import { z } from 'zod';
import { RIGHTS, type Right, rightsOf } from '@/lib/auth/rights';
import { door } from '@/lib/http/door';
import { keyFrom, readKey } from '@/lib/org/key/reads';
import { keyOut } from '@/lib/org/key/schema';
import { memberFrom, readMember } from '@/lib/org/member/reads';
import { memberOut } from '@/lib/org/member/schema';
import { organisationFrom, readOrganisation } from '@/lib/org/reads';
import { organisationOut } from '@/lib/org/schema';

export const getMe = door({
  method: 'GET',
  path: '/api/v1/me',
  right: 'me.read',
  tag: 'Me',
  summary: 'Who asks: the member or the API key, the organisation, and what they may.',
  answer: z.object({
    member: memberOut.optional(),
    apiKey: keyOut.optional(),
    organisation: organisationOut,
    rights: z.array(z.enum(Object.keys(RIGHTS) as [Right, ...Right[]])),
  }),
  async run(ctx) {
    const { actor } = ctx;
    return {
      member: actor.kind === 'member' ? memberFrom(await readMember(ctx, actor.id)) : undefined,
      apiKey: actor.kind === 'api_key' ? keyFrom(await readKey(ctx, actor.id), ctx.now) : undefined,
      organisation: organisationFrom(await readOrganisation(ctx)),
      rights: rightsOf(actor),
    };
  },
});
