import type { MetadataRoute } from 'next';
import { publicUrl } from '@/lib/env';
import { TEMPLATES } from '@/lib/lead/templates/all';
import { GUIDES } from '@/lib/playbook/guides/all';

export const dynamic = 'force-dynamic';

/** What may be found from outside: the guides, and nothing of an organisation. */
export default function sitemap(): MetadataRoute.Sitemap {
  const guides = ['/guides', '/guides/help', '/guides/templates'];
  guides.push(...GUIDES.map(({ slug }) => `/guides/${slug}`), ...TEMPLATES.map(({ slug }) => `/guides/templates/${slug}`));
  return guides.map((path) => ({ url: `${publicUrl()}${path}` }));
}
