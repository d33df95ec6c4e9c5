import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

/** A password as people choose one: length is what counts, so there is no rule about which characters. */
export const passwordIn = z.string().min(12, 'at least 12 characters').max(500, 'at most 500 characters');

/** argon2id with the parameters OWASP names (19 MiB, two passes, one lane), which are the library's own. */
export const hashPassword = (password: string): Promise<string> => hash(password);

const held = globalThis as { hardstopNoPassword?: Promise<string> };

/**
 * Whether a password is the one that was hashed. Without a hash (no such person, or one who has none) it takes as long and
 * says no, so that the time of an answer tells nobody which addresses exist.
 */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  held.hardstopNoPassword ??= hashPassword('nobody has this one');
  const isRight = await verify(kept ?? (await held.hardstopNoPassword), password);
  return kept !== null && isRight;
}
