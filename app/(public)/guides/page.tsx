import type { Metadata } from 'next';
import { GuideIndex } from '@/components/playbook/guide-page';

export const metadata: Metadata = {
  title: 'Guides',
  description: 'AI budget hard stops, security controls, prompt-injection response and change management: four check lists to copy.',
};

export default function GuidesPage() {
  return <GuideIndex />;
}
