import { ConfirmButton } from '@/components/lead/link-button';
import { LinkPage, linkPage } from '@/components/lead/link-page';

export const metadata = linkPage('Confirm');

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default function ConfirmPage({ searchParams }: Props) {
  return <LinkPage searchParams={searchParams} title="One more click, and a template comes every week." button={ConfirmButton} />;
}
