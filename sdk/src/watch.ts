import { HardstopRejected } from './errors.js';
import { pause, type Transport } from './transport.js';

/** Something that happened: `stop.raised`, `action.started`, …; `reset` where events were missed and the state is to be read anew. */
export type Happened = { type: string; id?: string; at?: string; resource?: { kind: string; id: string } };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A heartbeat comes every 15 seconds: a connection that says nothing for twice as long is dead. */
const SILENT_MS = 35_000;

/** Follows events, over as many connections as it takes. @throws HardstopRejected */
export async function* watch(transport: Transport, signal?: AbortSignal): AsyncGenerator<Happened, void, undefined> {
  let last: string | undefined;
  for (let failed = 0; !signal?.aborted; ) {
    const own = new AbortController();
    const leave = () => own.abort();
    signal?.addEventListener('abort', leave);
    try {
      const headers = { accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) };
      const response = await transport.send('events', { signal: own.signal }, headers);
      if (!response.ok || !response.body) await refused(response);
      else
        for await (const event of eventsOf(response.body, own)) {
          failed = 0;
          last = event.id ?? last;
          if (event.data !== undefined) yield { ...(JSON.parse(event.data) as object), type: event.type };
        }
    } catch (error) {
      if (error instanceof HardstopRejected) throw error;
    } finally {
      signal?.removeEventListener('abort', leave);
      leave();
    }
    if (!signal?.aborted) await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed++));
  }
}

/** @throws HardstopRejected where asking again would not help */
async function refused(response: Response): Promise<void> {
  const { status } = response;
  const answer = (await response.json().catch(() => ({}))) as object;
  if (status < 500 && status !== 429)
    throw new HardstopRejected({ code: 'unknown', detail: `Hardstop answered ${status}.`, ...answer, status });
}

type Event = { type: string; id?: string; data?: string };

/** The events of a body of `text/event-stream`, until it is aborted; which it is when nothing has come for too long. */
async function* eventsOf(body: ReadableStream<Uint8Array>, own: AbortController): AsyncGenerator<Event> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  own.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  let text = '';
  for (;;) {
    const timer = setTimeout(() => own.abort(), SILENT_MS);
    const { value, done } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    const blocks = (text + value).split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event: Event = { type: 'message' };
      for (const line of block.split(/\r?\n/)) {
        const [, name, said = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? [];
        if (name === 'event') event.type = said;
        if (name === 'id') event.id = said;
        if (name === 'data') event.data = said;
      }
      yield event;
    }
  }
}
