import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader } from '@/lib/db';
import { mayPass, type Right } from './rights';
import { type SignedIn, signedIn } from './session';

/** Who looks at a page, with the context its reads take. */
export type PageCaller = { member: SignedIn['actor']; sessionId: string; ctx: Context };

/** Where someone was going, without what Next adds for itself: sign-in leads back there. */
function askedFor(uri: string | null): string {
  const asked = URL.parse(uri ?? '/', 'http://localhost');
  if (asked === null) return '/';
  asked.searchParams.delete('_rsc');
  return asked.pathname + asked.search;
}

/**
 * Who looks at a page: every page asks this first, none trusts a layout to have asked.
 * @param right what the page shows; someone without it does not learn that the page exists
 */
export async function pageCaller(right: Right = 'me.read'): Promise<PageCaller> {
  const given = await headers();
  const session = await signedIn(given.get('cookie'));
  if (session === null) redirect(`/sign-in?to=${encodeURIComponent(askedFor(given.get('x-forwarded-uri')))}`);
  if (!mayPass(session.actor, right)) notFound();
  const tx = reader();
  const ctx = { actor: session.actor, orgId: session.orgId, requestId: given.get('x-request-id') ?? '', now: await readClock(tx), tx };
  return { member: session.actor, sessionId: session.sessionId, ctx };
}
