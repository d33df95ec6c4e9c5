/**
 * Where sign-in leads back to: a path of ours, never another site, whatever the address said.
 * @param asked a path with its query, or an address that next-auth wrote · @returns `/` when it is none of ours
 */
export function ownPath(asked: string | null): string {
  if (asked === null) return '/';
  const base = 'http://own.invalid';
  const url = URL.parse(asked, base);
  if (url === null || !/^\/(?![/\\])/.test(asked) || url.origin !== base) return '/';
  return /^\/(sign-in|setup|join|api)(\/|$)/.test(url.pathname) ? '/' : url.pathname + url.search;
}
