/** What a sealed key is bound to: it opens for this provider of this organisation and nowhere else. */
export const placeOfKey = (orgId: string, slug: string): string => `provider ${orgId} ${slug}`;
