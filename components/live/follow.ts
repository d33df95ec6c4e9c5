/** An event as the stream tells it. */
export type LiveEvent = {
  id: string;
  type: string;
  resource: { kind: string; id: string; memberId?: string | null; budgetId?: string; breachId?: string } | null;
};

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 15_000;

/** What a block of the stream says: its id, and the event where it holds one. */
export function readBlock(block: string): { id: string | null; event: LiveEvent | null } {
  let id: string | null = null;
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) id = line.slice(4);
    if (line.startsWith('data: ')) data += line.slice(6);
  }
  return { id, event: data === '' ? null : (JSON.parse(data) as LiveEvent) };
}

/**
 * Follows what happens in the organisation, for as long as the page is open: comes back by itself, and goes on after the last event
 * it has. The browser's own EventSource would have to know the name of every kind of event beforehand.
 * @param heard called with each event; `reset` says that some were missed
 * @param after the last event that what is on screen has in it: what happened while the page was on its way is told too
 */
export function followEvents(heard: (event: LiveEvent) => void, after: string): () => void {
  const stopping = new AbortController();
  let lastId = after;
  let rest = FIRST_REST_MS;

  async function read(): Promise<void> {
    const headers: Record<string, string> = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
    const response = await fetch('/api/v1/events', { headers, signal: stopping.signal, cache: 'no-store' });
    // Signed out, or not allowed: asking again changes nothing until the page is loaded again.
    if (response.status === 401 || response.status === 403) return stopping.abort();
    if (!response.ok || response.body === null) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest = FIRST_REST_MS;
      text += value;
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const { id, event } = readBlock(text.slice(0, end));
        text = text.slice(end + 2);
        lastId = id ?? lastId;
        if (event !== null) heard(event);
      }
    }
  }

  async function keepReading(): Promise<void> {
    while (!stopping.signal.aborted) {
      await read().catch(() => undefined);
      if (stopping.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, rest));
      rest = Math.min(rest * 2, LONGEST_REST_MS);
    }
  }
  void keepReading();
  return () => stopping.abort();
}
