import { type Fields, fieldsOf, type Used, usedBy } from './usage.js';

const LAST_EVENTS = ['message_stop', 'response.completed', 'response.incomplete', 'response.failed', 'finish'];

/**
 * Reads a stream's events as they pass: of OpenAI's chat completions and responses, of Anthropic's messages, of the AI SDK. Counts
 * are cumulative, so later ones replace earlier ones; and they are what was used only when the answer has ended, for until then they
 * may still grow: Anthropic's first event reports one token of output that nobody has written yet.
 */
export class StreamReader {
  #usage: Fields = {};
  #answer: Fields = {};
  #isWhole = false;
  /** Choices of a chat whose text has not ended. */
  readonly #open = new Set<unknown>();

  take(event: unknown): void {
    const fields = fieldsOf(event);
    // Anthropic's `message_start` and OpenAI's `response.completed` hold the whole of it, AI SDK's `finish` its total.
    const whole = fieldsOf(fields.message ?? fields.response);
    this.#answer = {
      ...this.#answer,
      ...(whole.id ? whole : {}),
      ...(fields.id ? { id: fields.id } : {}),
      ...(fields.model ? { model: fields.model } : {}),
    };
    for (const [name, value] of Object.entries(fieldsOf(fields.totalUsage ?? fields.usage ?? whole.usage)))
      if (value !== null && value !== undefined) this.#usage[name] = value;
    this.#isWhole = typeof fields.type === 'string' ? this.#isWhole || isLast(fields) : this.#isLastOfChat(fields);
  }

  /** A chat says what it used after its last choice ended: with that chunk, or in one without choices. */
  #isLastOfChat({ choices, usage }: Fields): boolean {
    const all = Array.isArray(choices) ? choices.map(fieldsOf) : [];
    for (const { index = 0, finish_reason } of all) {
      if (finish_reason) this.#open.delete(index);
      else this.#open.add(index);
    }
    if (usage) return this.#open.size === 0;
    return this.#isWhole && all.length === 0;
  }

  /** @returns what the call used; undefined while that is not known, as of a stream that was left or cut */
  used(): Used | undefined {
    return this.#isWhole ? usedBy({ ...this.#answer, usage: this.#usage }) : undefined;
  }
}

/** An event that has a type says by it whether it is the last; Anthropic's last counts come with the reason to stop. */
const isLast = ({ type, delta }: Fields): boolean =>
  LAST_EVENTS.includes(String(type)) || (type === 'message_delta' && Boolean(fieldsOf(delta).stop_reason));
