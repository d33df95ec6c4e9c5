import type { Metadata } from 'next';
import { EntryFrame } from '@/components/entry/entry-frame';
import { ButtonLink } from '@/components/ui/button';
import { invitationOf } from '@/lib/org/member/reads';
import { Join } from './join';

// The address is the secret: it goes to no other site and into no index.
export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer', robots: { index: false } };

/** Where an invitation leads: who is invited, into what, and the form to take it up. Looking at it changes nothing. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await invitationOf(token);
  if (invitation === null) {
    return (
      <EntryFrame
        title="This link has been used, or is older than seven days."
        sub="Each link works once. Ask an admin of your organisation for a new one."
      >
        <p>
          <ButtonLink href="/sign-in">I have an account: sign in</ButtonLink>
        </p>
      </EntryFrame>
    );
  }
  const { email, name, organisation, hasPassword } = invitation;
  return (
    <EntryFrame
      title={`${organisation} invites you to its Hardstop.`}
      sub="What it spends on AI, what holds it back, and who answers for it."
    >
      <Join token={token} email={email} name={name} hasPassword={hasPassword} />
    </EntryFrame>
  );
}
