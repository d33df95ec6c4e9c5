import type { UnitsReading } from '@/lib/kernel/units';
import type { Body, Bound, Reading } from './endpoint';

/** A value as an object; an empty one where it is none. */
export const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** JSON that came from outside; null where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const isPresent = (usage: unknown): boolean => Object.values(objectOf(usage)).some((value) => typeof value === 'number');

/** What an answer reports. An explicit zero is a value; a usage without any number, or one that cannot be true, is none. */
export function readingOf(answer: Record<string, unknown>, usage: unknown, unitsOf: (usage: unknown) => UnitsReading): Reading {
  const found = isPresent(usage) ? unitsOf(usage) : null;
  return {
    units: found?.kind === 'units' ? found.units : null,
    model: textOf(answer.model),
    responseId: textOf(answer.id),
  };
}

/** Bodies may name these fields; the cost of any other is not known to us, so it is refused and never passed on. */
export const unknownField = (body: Body, known: ReadonlySet<string>): string | null =>
  Object.keys(body).find((field) => body[field] !== undefined && body[field] !== null && !known.has(field)) ?? null;

export const unbounded = (detail: string): Bound => ({ kind: 'unbounded', detail });
export const malformed = (pointer: string, detail: string): Bound => ({ kind: 'malformed', pointer, detail });

/** What a provider adds of its own to the text of a request (roles, the words that explain tools), in tokens, generously. */
const PROVIDERS_OWN = 1_000;

/**
 * The most tokens that a request's text can be: one a byte, for no tokenizer makes more of them; its names and brackets are
 * counted too, which covers what stands between messages. An image counts as the dearest its provider makes of one.
 * @param images what stands in the body as pictures, whose own letters are not read as text
 */
export function inputBound(body: Body, images: { letters: number; count: number }, tokensPerImage: number): number {
  return Buffer.byteLength(JSON.stringify(body)) - images.letters + images.count * tokensPerImage + PROVIDERS_OWN;
}

const LIMIT = 1_000_000;
/** A limit that a body sets: a whole number from 1, or null where it sets none. */
export function limitOf(value: unknown): number | null | 'malformed' {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LIMIT ? value : 'malformed';
}
