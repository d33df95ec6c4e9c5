import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Encoding } from './encoding';

/** Merging a piece takes the square of its length: a longer one, in bytes, is a token each byte. No word of any language is as long. */
const PIECE_AT_MOST = 256;
/** Characters that are counted before others have their turn. */
const SLICE = 8_192;
/** Bytes of one request that are counted; what comes after them is a token each byte. */
const COUNTED_AT_MOST = 524_288;

type Counter = { pieces: RegExp; count(text: string): number };
/** What may still be counted of a request, in bytes. */
type Allowance = { left: number };

// Two characters that a provider's tokenizer and ours may part a text by differently.
const PARTED_OTHERWISE = /[\u0085\ufeff]/;

const counters = new Map<Encoding, Promise<Counter>>();

/** The tokenizer of an encoding, loaded when it is first asked for: megabytes that a process without such calls does not need. */
function counterOf(encoding: Encoding): Promise<Counter> {
  const known = counters.get(encoding) ?? load(encoding);
  counters.set(encoding, known);
  return known;
}

async function load(encoding: Encoding): Promise<Counter> {
  const [{ O200K_TOKEN_SPLIT_REGEX, CL100K_TOKEN_SPLIT_REGEX }, tokenizer] = await Promise.all([
    import('gpt-tokenizer/encodingParams/constants'),
    encoding === 'o200k_base' ? import('gpt-tokenizer/encoding/o200k_base') : import('gpt-tokenizer/encoding/cl100k_base'),
  ]);
  // Pieces of what people write are not kept.
  tokenizer.setMergeCacheSize(0);
  // No text is a special token: what looks like one is letters, as it is to the provider.
  const asText = { disallowedSpecial: new Set<string>() };
  return {
    pieces: encoding === 'o200k_base' ? O200K_TOKEN_SPLIT_REGEX : CL100K_TOKEN_SPLIT_REGEX,
    count: (text) => tokenizer.countTokens(text, asText),
  };
}

/**
 * The most tokens that some texts are, each for itself, by a real tokenizer; a token each byte of whatever would take it too long,
 * or what it might part otherwise than the provider does. Never fewer than the provider counts.
 */
export async function tokensOf(texts: readonly string[], encoding: Encoding): Promise<number> {
  const counter = await counterOf(encoding);
  const allowance = { left: COUNTED_AT_MOST };
  let tokens = 0;
  for (const text of texts) tokens += await tokensIn(text, counter, allowance);
  return tokens;
}

async function tokensIn(text: string, { pieces, count }: Counter, allowance: Allowance): Promise<number> {
  if (PARTED_OTHERWISE.test(text) || !text.isWellFormed()) return Buffer.byteLength(text);
  let tokens = 0;
  /** Where the pieces begin that are still to be counted. A text that is cut between two of its pieces is the same pieces. */
  let from = 0;
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    const end = index + piece.length;
    const isLong = piece.length > PIECE_AT_MOST / 4 && Buffer.byteLength(piece) > PIECE_AT_MOST;
    if (!isLong && end - from < SLICE) continue;
    const upTo = isLong ? index : end;
    const slice = text.slice(from, upTo);
    allowance.left -= Buffer.byteLength(slice);
    if (allowance.left < 0) return tokens + Buffer.byteLength(text.slice(from));
    tokens += count(slice) + (isLong ? Buffer.byteLength(piece) : 0);
    from = end;
    await nextTurn();
  }
  const rest = text.slice(from);
  allowance.left -= Buffer.byteLength(rest);
  return tokens + (allowance.left < 0 ? Buffer.byteLength(rest) : count(rest));
}
