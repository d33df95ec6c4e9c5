/** One server-sent event: its bytes as they came, blank line included, and what it carries. */
export type SseEvent = { raw: string; data: string | null };

const END = /\r\n\r\n|\n\n|\r\r/;

const dataOf = (raw: string): string | null => {
  const lines = raw.split(/\r\n|\n|\r/).flatMap((line) => (line.startsWith('data:') ? [line.slice(line[5] === ' ' ? 6 : 5)] : []));
  return lines.length === 0 ? null : lines.join('\n');
};

/**
 * Cuts a stream of text into server-sent events (WHATWG HTML, "Interpreting an event stream"), wherever its chunks are cut.
 * `raw` of all events and `rest()` together are what came, to the byte.
 */
export class EventCutter {
  #held = '';
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** The events that this chunk completes. */
  take(chunk: Uint8Array): SseEvent[] {
    this.#held += this.#decoder.decode(chunk, { stream: true });
    const events: SseEvent[] = [];
    for (let match = END.exec(this.#held); match; match = END.exec(this.#held)) {
      const raw = this.#held.slice(0, match.index + match[0].length);
      this.#held = this.#held.slice(raw.length);
      events.push({ raw, data: dataOf(raw) });
    }
    return events;
  }

  /** What came without an end: an event cut short, or one that its sender forgot to end. */
  rest(): SseEvent | null {
    const raw = this.#held + this.#decoder.decode();
    this.#held = '';
    return raw === '' ? null : { raw, data: dataOf(raw) };
  }

  /** How much is held back waiting for an end, in characters. */
  get waiting(): number {
    return this.#held.length;
  }
}
