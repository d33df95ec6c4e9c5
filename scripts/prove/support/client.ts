import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess } from './processes';

/** How long a caller goes on asking one process after the other. */
const PATIENCE_MS = 20_000;

/** What callers of an attack have in common: one of several processes answers them, whoever lives. */
export class Client {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 96 });
  /** How long one process may take to answer; after that the request is given up, and counted as late. */
  answerMs = 10_000;
  late = 0;
  /** The longest that any answer took. */
  slowestMs = 0;
  /** Answers that the database cannot be asked, or that nobody knows what became of a COMMIT. */
  unavailable = 0;

  /** @param secrets keys by the door they are for, as the beginning of its path */
  constructor(
    private readonly apps: AppProcess[],
    private readonly secrets: Record<string, string>,
  ) {}

  close(): void {
    this.agent.destroy();
  }

  /** Asks one of the processes, and another, until one answers. @returns null when it is refused as a mistake, or nobody answers in time */
  async ask(path: string, body: unknown, method = 'POST'): Promise<Record<string, unknown> | null> {
    const text = body === undefined ? '' : JSON.stringify(body);
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
      const app = this.apps[upTo(this.apps.length - 1)] as AppProcess;
      const answer = await this.send(app.port, method, path, text).catch(() => null);
      if (answer && answer.status < 500) return answer.status === 200 ? answer.json : null;
      await pause(20);
    }
    return null;
  }

  /** Sends one request to one process. @throws whatever a connection fails with */
  send(port: number, method: string, path: string, text: string): Promise<{ status: number; json: Record<string, unknown> }> {
    const secret = Object.entries(this.secrets).find(([door]) => path.startsWith(door))?.[1] ?? '';
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const request = http.request(
        { agent: this.agent, host: '127.0.0.1', port, path, method, headers, timeout: this.answerMs },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk;
          });
          response.on('error', reject);
          response.on('end', () => {
            this.slowestMs = Math.max(this.slowestMs, performance.now() - begun);
            if (response.statusCode === 503) this.unavailable++;
            resolve({ status: response.statusCode ?? 500, json: response.statusCode === 200 ? JSON.parse(body) : {} });
          });
        },
      );
      request.on('timeout', () => {
        this.late++;
        request.destroy(new Error('no answer'));
      });
      request.on('error', reject);
      request.end(text);
    });
  }
}

/** A whole number from 0 to `most`, any. */
export const upTo = (most: number): number => Math.floor(Math.random() * (most + 1));
