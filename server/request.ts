import type { IncomingMessage, ServerResponse } from 'node:http';
import { forwarded, type Scheme, trusted } from './headers';

const GONE = 'The client went away before its request was whole.';

/** The body as a web stream that reads no faster than it is read. */
function streamOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  let open = true;
  const end = (how: () => void) => {
    if (open) how();
    open = false;
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        message.pause();
        message.on('data', (chunk: Buffer) => {
          if (!open) return;
          controller.enqueue(chunk);
          message.pause();
        });
        message.once('end', () => end(() => controller.close()));
        message.once('error', (error) => end(() => controller.error(error)));
        message.once('close', () => end(() => controller.error(new Error(GONE))));
      },
      pull: () => void message.resume(),
      // What the door did not want to read is thrown away, so that the connection can serve the next request.
      cancel: () => end(() => message.resume()),
    },
    { highWaterMark: 0 },
  );
}

/**
 * A Web `Request` over Node's, in which every part is made when a door asks for it: making a whole one costs more than
 * many doors' own work. What is rarely asked (`formData`, `blob`, `clone`) comes from a whole one.
 */
class DoorRequest {
  readonly method: string;
  readonly url: string;
  bodyUsed = false;
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #scheme: Scheme;
  #headers: Headers | undefined;
  #body: ReadableStream<Uint8Array> | null | undefined;
  #signal: AbortSignal | undefined;
  #whole: Request | undefined;

  constructor(message: IncomingMessage, response: ServerResponse, scheme: Scheme) {
    this.method = message.method ?? 'GET';
    this.url = `${scheme}://${message.headers.host}${message.url}`;
    this.#message = message;
    this.#response = response;
    this.#scheme = scheme;
  }

  get headers(): Headers {
    if (this.#headers === undefined) {
      this.#headers = new Headers();
      const flat = trusted(this.#message.rawHeaders);
      for (let at = 0; at < flat.length; at += 2) this.#headers.append(flat[at] as string, flat[at + 1] as string);
      for (const [name, value] of forwarded(this.#message, this.#scheme)) this.#headers.set(name, value);
    }
    return this.#headers;
  }

  /** Fires when the client goes away before it has its whole answer. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      const controller = new AbortController();
      const gone = () => {
        if (!this.#response.writableFinished) controller.abort(new Error('The client went away.'));
      };
      if (this.#response.closed || this.#response.destroyed) gone();
      else this.#response.once('close', gone);
      this.#signal = controller.signal;
    }
    return this.#signal;
  }

  get body(): ReadableStream<Uint8Array> | null {
    const { headers } = this.#message;
    const has = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (this.#body === undefined) this.#body = has && this.method !== 'GET' && this.method !== 'HEAD' ? streamOf(this.#message) : null;
    return this.#body;
  }

  async bytes(): Promise<Uint8Array> {
    if (this.#body !== undefined) return this.#all().bytes();
    if (this.bodyUsed) throw new TypeError('The body was read already.');
    this.bodyUsed = true;
    const chunks: Buffer[] = [];
    for await (const chunk of this.#message) chunks.push(chunk as Buffer);
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.bytes()).buffer;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  formData = (): Promise<FormData> => this.#all().formData();
  blob = (): Promise<Blob> => this.#all().blob();
  clone = (): Request => this.#all().clone();

  #all(): Request {
    const { method, headers, body, signal } = this;
    this.#whole ??= new Request(this.url, { method, headers, body, signal, duplex: 'half' } as RequestInit);
    return this.#whole;
  }
}
Object.setPrototypeOf(DoorRequest.prototype, Request.prototype);

/** Node's request as the Web `Request` that doors take. */
export const webRequest = (message: IncomingMessage, response: ServerResponse, scheme: Scheme): Request =>
  new DoorRequest(message, response, scheme) as unknown as Request;
