import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EnvFault, env } from '@/lib/env';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys of 32 bytes: the first seals and opens, the others only open. */
export type VaultKeys = readonly [current: Buffer, ...former: Buffer[]];

/** The keys of the environment: the current one, and the former one while what it has sealed is sealed anew. @throws EnvFault */
export function vaultKeys(): VaultKeys {
  const { HARDSTOP_ENCRYPTION_KEY, HARDSTOP_ENCRYPTION_KEY_OLD } = env();
  if (HARDSTOP_ENCRYPTION_KEY === undefined)
    throw new EnvFault('HARDSTOP_ENCRYPTION_KEY is not set: the start script makes one and keeps it.');
  const former = HARDSTOP_ENCRYPTION_KEY_OLD === undefined ? [] : [Buffer.from(HARDSTOP_ENCRYPTION_KEY_OLD, 'base64')];
  return [Buffer.from(HARDSTOP_ENCRYPTION_KEY, 'base64'), ...former];
}

/**
 * Encrypts what is kept of others' secrets (a webhook's, a pager's, a provider's), AES-256-GCM.
 * @param place whose it is (`channel org_… chn_…`): a sealed text moved to another row does not open there
 */
export function lockAway(text: string, place: string, [current]: VaultKeys = vaultKeys()): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', current, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The text again. @throws Error when the keys, the place or the sealed text are others */
export function takeOut(sealed: string, place: string, keys: VaultKeys = vaultKeys()): string {
  const bytes = Buffer.from(sealed, 'base64');
  const open = (key: Buffer): string => {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  };
  let failed: unknown;
  for (const key of keys) {
    try {
      return open(key);
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}
