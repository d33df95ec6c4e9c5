import { z } from 'zod';
import { attempt } from '@/lib/http/attempt';
import { bodyBytes, mediaType, requireType } from '@/lib/http/body';
import { openDoor } from '@/lib/http/door';
import { parsePart } from '@/lib/http/issues';
import { parseJson } from '@/lib/http/json';
import { Fault } from '@/lib/kernel/fault';
import { ACTS, actByLink } from './act';
import { linkPage } from './read';

const FORM = 'application/x-www-form-urlencoded';

const actIn = z.strictObject({ act: z.enum(ACTS).default('acknowledge'), note: z.string().trim().max(2_000).default('') });

/** Where a breach stands for the holder of a link. */
const standingOut = z.object({
  standing: z.enum(['unanswered', 'mine', 'theirs', 'closed', 'expired']),
  breachId: z.string(),
  answeredBy: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: z.string().nullable(),
});

/** The page's form as a browser sends it without any script, or JSON. */
async function actOf(request: Request): Promise<z.output<typeof actIn>> {
  requireType(request, 'application/json', FORM);
  const bytes = await bodyBytes(request);
  const given = mediaType(request) === FORM ? Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes))) : parseJson(bytes);
  return parsePart(actIn, given, 'body') as z.output<typeof actIn>;
}

export const actByLinkDoor = openDoor({
  method: 'POST',
  path: '/api/v1/acknowledge-links/{token}',
  right: 'anyone',
  tag: 'Breaches',
  summary: 'Acknowledge a breach by a signed link, without signing in. Reading the page of the link changes nothing.',
  params: z.strictObject({ token: z.string().min(1).max(200) }),
  answer: standingOut,
  async run(caller, { params: { token } }, request) {
    const { act, note } = await actOf(request);
    await attempt(caller, (ctx) => actByLink(ctx, { token, act, note: note || null }));
    if (mediaType(request) === FORM)
      return new Response(null, { status: 303, headers: { location: `/a/${token}`, 'cache-control': 'no-store' } });
    const page = await linkPage(token);
    if (page === null) throw new Fault('link.not_found', 'This link opens nothing. Sign in, and find the breach there.');
    const { answeredBy, answeredByName, answeredAt, id } = page.breach;
    return { standing: page.standing, breachId: id, answeredBy, answeredByName, answeredAt };
  },
});
