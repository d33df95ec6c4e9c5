import http from 'node:http';
import type { AppProcess } from '../support/processes';
import { kinds } from './kinds';

/** What a caller saw of its call: `none` no answer's head, `part` a head and not the end, `whole` all of it. */
export type Seen = { org: string; status: number; answer: 'none' | 'part' | 'whole' };
/** Whom callers pay as: an organisation by its key. */
export type PayingOrg = { orgId: string; secret: string };

const PATIENCE_MS = 700;
const upTo = (most: number): number => Math.floor(Math.random() * (most + 1));

/** A crowd of programs that call through the gateway, each call once and under an id of its own; some leave at any byte, none asks again. */
export class Callers {
  readonly seen = new Map<string, Seen>();
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  private calls = 0;

  /** @param orgs one whose providers answer, and one whose providers are nowhere */
  constructor(
    private readonly apps: readonly AppProcess[],
    private readonly orgs: readonly [PayingOrg, PayingOrg],
    private readonly name: string,
  ) {}

  /** Lets so many call at once until they have been told to end. */
  async run(atOnce: number, isEnough: () => boolean): Promise<void> {
    const one = async () => {
      while (!isEnough()) await this.call();
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    this.agent.destroy();
  }

  private async call(): Promise<void> {
    const id = `${this.name}-${++this.calls}`;
    const kind = kinds[this.calls % kinds.length] as (typeof kinds)[number];
    const org = this.orgs[Math.random() < 0.03 ? 1 : 0] as PayingOrg;
    const app = this.apps[upTo(this.apps.length - 1)] as AppProcess;
    const seen: Seen = { org: org.orgId, status: 0, answer: 'none' };
    const body = kind.body(id, kind.streams && Math.random() < 0.6);
    const headers = {
      ...{ authorization: `Bearer ${org.secret}`, 'content-type': 'application/json' },
      ...{ 'x-hardstop-workload': 'support-bot', 'x-hardstop-tags': `call=${id}` },
    };
    const isConnected = await this.send({ port: app.port, path: `/api/gateway/${kind.at}`, headers }, JSON.stringify(body), seen);
    if (isConnected) this.seen.set(id, seen);
    else await new Promise((next) => setTimeout(next, 20));
  }

  /** @returns whether anybody was there to hear it */
  private send(to: http.RequestOptions, body: string, seen: Seen): Promise<boolean> {
    // One in five goes away: before the head, or at some byte after it.
    const leavesAt = Math.random() < 0.15 ? upTo(2_000) : Number.POSITIVE_INFINITY;
    const patience = Math.random() < 0.05 ? upTo(25) : PATIENCE_MS;
    return new Promise((done) => {
      const request = http.request({ ...to, agent: this.agent, host: '127.0.0.1', method: 'POST' });
      let isRefused = false;
      const timer = setTimeout(() => request.destroy(), patience);
      request.once('response', (response) => {
        seen.status = response.statusCode ?? 0;
        seen.answer = 'part';
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes >= leavesAt) request.destroy();
        });
        response.once('end', () => {
          seen.answer = 'whole';
        });
        response.on('error', () => undefined);
      });
      request.on('error', (error: { code?: string }) => {
        isRefused = error.code === 'ECONNREFUSED';
      });
      request.once('close', () => {
        clearTimeout(timer);
        done(!isRefused);
      });
      request.end(body);
    });
  }
}
