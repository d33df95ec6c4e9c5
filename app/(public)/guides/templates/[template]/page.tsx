import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TemplatePage } from '@/components/lead/template-pages';
import { TEMPLATES } from '@/lib/lead/templates/all';

type Props = { params: Promise<{ template: string }> };
const found = async ({ params }: Props) => {
  const { template } = await params;
  return TEMPLATES.find((each) => each.slug === template);
};

export const generateStaticParams = () => TEMPLATES.map(({ slug }) => ({ template: slug }));

export async function generateMetadata(props: Props): Promise<Metadata> {
  const template = await found(props);
  return template ? { title: template.title, description: template.when } : {};
}

export default async function OneTemplatePage(props: Props) {
  const template = await found(props);
  if (!template) notFound();
  return <TemplatePage template={template} />;
}
