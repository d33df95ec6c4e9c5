import { z } from 'zod';
import { attempt } from '@/lib/http/attempt';
import { door, openDoor } from '@/lib/http/door';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { changeMember, endMember } from './change';
import { inviteMember } from './invite';
import { joinOrganisation } from './join';
import { listMembers, memberFrom, readMember } from './reads';
import { invitedOut, joinIn, memberChange, memberIn, memberOut, ownChange } from './schema';

const tag = 'Members';
const params = z.object({ id: z.string().max(100) });

export const getMembers = door({
  method: 'GET',
  path: '/api/v1/members',
  right: 'member.read',
  tag,
  summary: 'Members, newest first.',
  query: z.strictObject({ ...pageQuery, state: memberOut.shape.state.optional() }),
  answer: pageOf(memberOut),
  run: (ctx, { query }) => listMembers(ctx, query),
});

export const getMember = door({
  method: 'GET',
  path: '/api/v1/members/{id}',
  right: 'member.read',
  tag,
  summary: 'One member.',
  params,
  answer: memberOut,
  run: async (ctx, input) => memberFrom(await readMember(ctx, input.params.id)),
});

export const postMember = door({
  method: 'POST',
  path: '/api/v1/members',
  right: 'member.write',
  tag,
  summary: 'Invite someone. The answer has a link for them, shown once.',
  body: memberIn,
  answer: invitedOut,
  status: 201,
  isSecret: true,
  run: (ctx, { body }) => inviteMember(ctx, body),
});

export const patchMember = door({
  method: 'PATCH',
  path: '/api/v1/members/{id}',
  right: 'member.write',
  tag,
  summary: "Change a member's role or duties; it counts at once.",
  params,
  body: memberChange,
  answer: memberOut,
  run: (ctx, input) => changeMember(ctx, input.params.id, input.body, input.ifMatch),
});

export const patchMe = door({
  method: 'PATCH',
  path: '/api/v1/me',
  right: 'member.own',
  tag,
  summary: 'Say until when you are away, and who is told in your place meanwhile.',
  body: ownChange,
  answer: memberOut,
  run: (ctx, input) => changeMember(ctx, ctx.actor.id, input.body, input.ifMatch),
});

export const deleteMember = door({
  method: 'DELETE',
  path: '/api/v1/members/{id}',
  right: 'member.write',
  tag,
  summary: 'End a membership and its sessions.',
  params,
  answer: memberOut,
  run: (ctx, input) => endMember(ctx, input.params.id),
});

export const postJoin = openDoor({
  method: 'POST',
  path: '/api/v1/join',
  right: 'anyone',
  tag,
  summary: 'Take up an invitation with the token of its link.',
  body: joinIn,
  answer: memberOut,
  run: (caller, { body }) => attempt(caller, (ctx) => joinOrganisation(ctx, body)),
});
