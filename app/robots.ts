import type { MetadataRoute } from 'next';
import { publicUrl } from '@/lib/env';

export const dynamic = 'force-dynamic';

/** Only the guides are for indexes. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: ['/guides', '/_next/'], disallow: '/' }, sitemap: `${publicUrl()}/sitemap.xml` };
}
