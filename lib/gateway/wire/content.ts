import { listOf, objectOf } from './parts';

/** What a list of content parts holds besides text, or the first part whose cost nobody can bound. */
export type Content = { images: { letters: number; count: number }; unknown: string | null };

/** How one wire writes its parts. */
export type Parts = {
  /** Part types that are text alone, or whose text the provider reads as such. */
  text: ReadonlySet<string>;
  /** The address or the letters of a picture; null where a part is none. */
  picture(part: Record<string, unknown>): string | null;
};

/**
 * Looks through content parts, and through parts inside parts (`content`, `output`), for pictures and for what is neither text nor
 * picture: sound, files and references to things that the provider keeps, whose size is not in the request.
 * @param contents each a string, or a list of parts
 */
export function contentOf(contents: unknown[], parts: Parts): Content {
  const found: Content = { images: { letters: 0, count: 0 }, unknown: null };
  const look = (content: unknown): void => {
    for (const each of listOf(content)) {
      if (typeof each === 'string') continue;
      const part = objectOf(each);
      // A message may leave its type out; a part without one is whatever its provider makes of it.
      const type = typeof part.type === 'string' ? part.type : 'role' in part ? 'message' : 'without a type';
      const picture = parts.picture(part);
      if (picture !== null) {
        found.images.count++;
        found.images.letters += Buffer.byteLength(picture);
      } else if (!parts.text.has(type)) found.unknown ??= type;
      look(part.content);
      look(part.output);
    }
  };
  for (const content of contents) look(content);
  return found;
}
