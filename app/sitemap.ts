import type { MetadataRoute } from 'next';
import { publicUrl } from '@/lib/env';
import { GUIDES } from '@/lib/playbook/guides/all';

export const dynamic = 'force-dynamic';

/** What may be found from outside: the guides, and nothing of an organisation. */
export default function sitemap(): MetadataRoute.Sitemap {
  const guides = ['/guides', ...GUIDES.map(({ slug }) => `/guides/${slug}`)];
  return guides.map((path) => ({ url: `${publicUrl()}${path}` }));
}
