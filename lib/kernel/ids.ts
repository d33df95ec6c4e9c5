import { randomBytes } from 'node:crypto';
import type { Instant } from './instant';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const PREFIXES = [
  'org',
  'per',
  'mem',
  'ses',
  'key',
  'bud',
  'prd',
  'thr',
  'hld',
  'stp',
  'exc',
  'aud',
  'prc',
  'rej',
  'lnk',
  'req',
  'wld',
  'fea',
  'prf',
  'evt',
  'chn',
  'ntc',
  'gra',
  'pln',
  'spl',
  'sub',
  'rst',
  'nte',
  'chk',
  'act',
  'pcs',
  'fir',
  'brc',
  'bev',
  'esc',
] as const;
/** What an id names: `bud` a budget, `prd` one period of it, `hld` a hold, `stp` a stop, … */
export type IdPrefix = (typeof PREFIXES)[number];

/**
 * Makes an id such as `bud_06dk3k9q0x4m8v2c7e1h`: 48 bits of milliseconds, then 50 random bits, in Crockford's base 32,
 * so that ids sort by the time they were made. Ids are names, not secrets.
 */
export function makeId(prefix: IdPrefix, now: Instant): string {
  let time = Math.floor(now / 1_000);
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = ALPHABET[time % 32] + text;
    time = Math.floor(time / 32);
  }
  for (const byte of randomBytes(10)) text += ALPHABET[byte & 31];
  return `${prefix}_${text}`;
}
