import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { env, nextAuthVariables, publicUrl } from '@/lib/env';

const keyFor = (purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', nextAuthVariables(env()).NEXTAUTH_SECRET, purpose, 'hardstop signed link', 32));

const signatureOf = (purpose: string, id: string): Buffer => createHmac('sha256', keyFor(purpose)).update(id).digest();

/** The token of a link: its row's id with our signature, so that nothing kept in the database opens it. @param purpose what it opens */
export const signLink = (purpose: string, id: string): string => `${id}.${signatureOf(purpose, id).toString('base64url')}`;

/** The id that a token was signed for; null when we have not signed it for this purpose. */
export function linkIdOf(purpose: string, token: string): string | null {
  const [id = '', signature = '', more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const wanted = signatureOf(purpose, id);
  return more === undefined && given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null;
}

/** What an acknowledge link is signed for. */
export const ACKNOWLEDGE = 'acknowledge';

/** Where one person acknowledges one breach without signing in. Made when a message leaves, never kept. */
export const acknowledgeUrl = (linkId: string): string => `${publicUrl()}/a/${signLink(ACKNOWLEDGE, linkId)}`;
