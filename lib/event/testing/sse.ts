/** One server-sent event as a browser would hand it on. */
export type Received = { id: string; event: string; data: { id: string; type: string; resource: { id: string } | null } };

/** Reads a stream of server-sent events as the standard says, block by block; heartbeats and bare ids are passed over. */
export class EventReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private text = '';
  /** The last id seen: what a browser sends as `Last-Event-ID` when it comes back. */
  lastId = '';

  constructor(response: Response) {
    if (response.body === null) throw new Error('The answer has no body.');
    this.reader = response.body.getReader();
  }

  /** The next event; null when the stream has ended. */
  async next(): Promise<Received | null> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end === -1) {
        const { done, value } = await this.reader.read();
        if (done) return null;
        this.text += this.decoder.decode(value, { stream: true });
        continue;
      }
      const fields = new Map(this.text.slice(0, end).split('\n').map(fieldOf));
      this.text = this.text.slice(end + 2);
      this.lastId = fields.get('id') ?? this.lastId;
      const [event, data] = [fields.get('event'), fields.get('data')];
      if (event !== undefined && data !== undefined) return { id: this.lastId, event, data: JSON.parse(data) };
    }
  }

  /** Reads on until the stream has said from which number on it tells. */
  async begun(): Promise<void> {
    while (this.lastId === '') {
      const { value } = await this.reader.read();
      this.text += this.decoder.decode(value, { stream: true });
      const id = /^id: (\d+)$/m.exec(this.text);
      if (id) this.lastId = id[1] as string;
    }
  }

  async close(): Promise<void> {
    await this.reader.cancel();
  }
}

const fieldOf = (line: string): [string, string] => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
};
