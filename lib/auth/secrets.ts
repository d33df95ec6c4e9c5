import { createHash, randomBytes } from 'node:crypto';

/** What every key of ours begins with, so that scanners and people recognise one. */
export const KEY_PREFIX = 'hs_live_';

const SECRET_BYTES = 32;
const SHOWN = 6;

/** A 256-bit secret is found by its hash: with that much chance in it, a slow hash would add nothing. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A new API key's secret, shown once: 256 random bits after `hs_live_`. */
export const makeKeySecret = (): string => KEY_PREFIX + randomBytes(SECRET_BYTES).toString('base64url');

/** What stays visible of a key: enough to tell two apart, too little to guess one. */
export const visiblePrefix = (secret: string): string => secret.slice(0, KEY_PREFIX.length + SHOWN);

/** A one-time token for a link, 256 random bits. */
export const makeToken = (): string => randomBytes(SECRET_BYTES).toString('base64url');
