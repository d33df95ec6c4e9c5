import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { GuidePage } from '@/components/playbook/guide-page';
import { GUIDES, guideOf } from '@/lib/playbook/guides/all';

type Props = { params: Promise<{ guide: string }> };

/** Made once, when the pages are built: they are the same for everybody. */
export const generateStaticParams = () => GUIDES.map(({ slug }) => ({ guide: slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const guide = guideOf((await params).guide);
  return guide ? { title: guide.title, description: guide.answer } : {};
}

export default async function PublicGuide({ params }: Props) {
  const guide = guideOf((await params).guide);
  if (guide === null) notFound();
  return <GuidePage guide={guide} />;
}
