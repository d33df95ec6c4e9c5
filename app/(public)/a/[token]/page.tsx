import type { Metadata } from 'next';
import { AnsweredView } from '@/components/acknowledge/answered';
import { NoLink } from '@/components/acknowledge/no-link';
import { UnansweredView } from '@/components/acknowledge/unanswered';
import { linkPage } from '@/lib/breach/link/read';

// The address is the secret: it goes to no other site and into no index.
export const metadata: Metadata = { title: 'Acknowledge', referrer: 'no-referrer', robots: { index: false } };
export const dynamic = 'force-dynamic';

/** Where a notice's link leads, on a phone at night, signed out: what happened, and one button. Looking at it changes nothing. */
export default async function AcknowledgePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const page = await linkPage(token);
  if (page === null) return <NoLink />;
  const action = `/api/v1/acknowledge-links/${encodeURIComponent(token)}`;
  return page.standing === 'unanswered' ? <UnansweredView page={page} action={action} /> : <AnsweredView page={page} action={action} />;
}
