import { z } from 'zod';
import { sealedSession } from '@/lib/auth/session';
import { attempt } from '@/lib/http/attempt';
import { openDoor } from '@/lib/http/door';
import { Fault } from '@/lib/kernel/fault';
import { switchOrganisation } from './switch';

export const postSessionOrganisation = openDoor({
  method: 'POST',
  path: '/api/v1/session/organisation',
  right: 'session.write',
  tag: 'Me',
  summary: 'Work in another organisation that you are a member of.',
  body: z.strictObject({ organisationId: z.string().min(1).max(100) }),
  answer: z.object({ organisationId: z.string() }),
  async run(caller, { body }, request) {
    const sessionId = await sealedSession(request.headers.get('cookie'));
    if (sessionId === null) throw new Fault('credentials.missing', 'Sign in first: this moves your own session.');
    await attempt(caller, (ctx) => switchOrganisation(ctx, sessionId, body.organisationId));
    return { organisationId: body.organisationId };
  },
});
