import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env, nextAuthVariables } from '@/lib/env';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyFrom = (word: string): Buffer =>
  Buffer.from(hkdfSync('sha256', nextAuthVariables(env()).NEXTAUTH_SECRET, word, 'hardstop kept answer', 32));

/** Encrypts a text (AES-256-GCM) so that only this program together with the caller's own word can read it again. */
export function seal(text: string, word: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(word), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The text again. @throws Error when the word, the secret or the sealed text is another */
export function openSealed(sealed: string, word: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(word), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
