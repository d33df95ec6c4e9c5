import { z } from 'zod';
import { lockBudgetSet } from '@/lib/budget/set';
import { door, openDoor } from '@/lib/http/door';
import { revokeKey } from '@/lib/org/key/revoke';
import { keyOut } from '@/lib/org/key/schema';
import { organisationChange, organisationOut } from '@/lib/org/schema';
import { presumeHoldsOfKey } from '@/lib/spend/hold/expire';
import { changeOrganisation } from './change-organisation';
import { setUpIn, setUpOut } from './schema';
import { setUp } from './set-up';

export const postSetUp = openDoor({
  method: 'POST',
  path: '/api/v1/setup',
  right: 'anyone',
  tag: 'Organisation',
  summary: 'Make the first organisation and its admin; closed once that is done.',
  body: setUpIn,
  answer: setUpOut,
  status: 201,
  run: (caller, { body }) => setUp(caller, body),
});

export const patchOrganisation = door({
  method: 'PATCH',
  path: '/api/v1/organisation',
  right: 'org.write',
  tag: 'Organisation',
  summary: "Change the organisation's settings.",
  body: organisationChange,
  answer: organisationOut,
  run: (ctx, { body, ifMatch }) => changeOrganisation(ctx, body, ifMatch),
});

export const deleteKey = door({
  method: 'DELETE',
  path: '/api/v1/api-keys/{id}',
  right: 'key.write',
  tag: 'API keys',
  summary: 'Revoke an API key at once; what it holds open becomes presumed spend.',
  params: z.object({ id: z.string().max(100) }),
  answer: keyOut,
  async run(ctx, { params }) {
    // The first lock of whatever touches money, taken before the key's row is.
    await lockBudgetSet(ctx.tx, ctx.orgId, 'shared');
    const revoked = await revokeKey(ctx, params.id);
    await presumeHoldsOfKey(ctx, params.id);
    return revoked;
  },
});
