import { createHash, randomBytes, randomInt } from 'node:crypto';

/** What every key of ours begins with, so that scanners and people recognise one. */
export const KEY_PREFIX = 'hs_live_';

const SECRET_BYTES = 32;
const SHOWN = 6;

/** A 256-bit secret is found by its hash: with that much chance in it, a slow hash would add nothing. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 is a little above 2^256. */
const KEY_LENGTH = 43;

/** A new API key's secret, shown once: 256 random bits after `hs_live_`, without a dash, so that a double click selects it whole. */
export const makeKeySecret = (): string =>
  KEY_PREFIX + Array.from({ length: KEY_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** What stays visible of a key: enough to tell two apart, too little to guess one. */
export const visiblePrefix = (secret: string): string => secret.slice(0, KEY_PREFIX.length + SHOWN);

/** A one-time token for a link, 256 random bits. */
export const makeToken = (): string => randomBytes(SECRET_BYTES).toString('base64url');
