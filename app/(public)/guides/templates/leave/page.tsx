import { LeaveButton } from '@/components/lead/link-button';
import { LinkPage, linkPage } from '@/components/lead/link-page';

export const metadata = linkPage('No more templates');

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default function LeavePage({ searchParams }: Props) {
  return <LinkPage searchParams={searchParams} title="One more click, and no template comes any more." button={LeaveButton} />;
}
