import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { EntryFrame } from '@/components/entry/entry-frame';

import { hasSingleSignOn } from '@/lib/auth/next-auth';
import { outcomeOf } from '@/lib/auth/outcome';
import { signedIn } from '@/lib/auth/session';
import { isSetUp } from '@/lib/org/reads';
import { ownPath } from './own-path';
import { SignIn } from './sign-in';

export const metadata: Metadata = { title: 'Sign in' };

type Query = { to?: string | string[]; callbackUrl?: string | string[]; error?: string | string[] };
const one = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null);

/** Where everyone without a session is led. Who has one goes on to where they were going. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [query, given] = [await searchParams, await headers()];
  if (!(await isSetUp())) redirect('/setup');
  const to = ownPath(one(query.to) ?? one(query.callbackUrl));
  if ((await signedIn(given.get('cookie'))) !== null) redirect(to);
  return (
    <EntryFrame
      title={to === '/' ? 'Sign in to see what is spent, and what will stop.' : 'Sign in, and the page you asked for opens.'}
      sub="Stops hold whether anyone is signed in or not."
    >
      <SignIn to={to} hasSingleSignOn={hasSingleSignOn()} before={query.error === undefined ? 'in' : outcomeOf(one(query.error) ?? '')} />
      <p className="text-12 text-ink-2">No account? An admin of your organisation sends you a link to join.</p>
    </EntryFrame>
  );
}
