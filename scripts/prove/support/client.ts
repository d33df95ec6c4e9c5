import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess } from './processes';

/** How long a caller goes on asking one process after the other. */
const PATIENCE_MS = 20_000;
const ANSWER_MS = 10_000;

/** What callers of an attack have in common: one of several processes answers them, whoever lives. */
export class Client {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 96 });

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
    return new Promise((resolve, reject) => {
      const request = http.request(
        { agent: this.agent, host: '127.0.0.1', port, path, method, headers, timeout: ANSWER_MS },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk;
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 500, json: response.statusCode === 200 ? JSON.parse(body) : {} }),
          );
        },
      );
      request.on('timeout', () => request.destroy(new Error('no answer')));
      request.on('error', reject);
      request.end(text);
    });
  }
}

/** A whole number from 0 to `most`, any. */
export const upTo = (most: number): number => Math.floor(Math.random() * (most + 1));
