import type { Metadata } from 'next';
import { TemplateIndex } from '@/components/lead/template-pages';

export const metadata: Metadata = {
  title: 'Operations templates',
  description: 'Twelve ready-to-use templates for rollout, governance, procurement and operations of AI with a budget.',
};

export default function TemplatesPage() {
  return <TemplateIndex />;
}
