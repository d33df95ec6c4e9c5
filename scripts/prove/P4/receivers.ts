import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { aMailbox } from '@/lib/notice/testing/mailbox';

/** What arrived: by the notice's id, how often, and the body each time (it must be the same). */
export type Arrived = Map<string, { times: number; bodies: Set<string> }>;

/** Receivers that misbehave: they fail, cut, time out, answer late, and take what they then do not answer. */
export type Receivers = {
  urls: Record<'webhook' | 'slack' | 'smtp', string>;
  arrived: Arrived;
  /** Requests that came, arrived or not. */
  asked(): number;
  /** From now on they answer as they should. */
  behave(): void;
  close(): Promise<void>;
};

function note(arrived: Arrived, id: string, body: string): void {
  const known = arrived.get(id) ?? { times: 0, bodies: new Set<string>() };
  known.times++;
  known.bodies.add(body);
  arrived.set(id, known);
}

export async function receivers(): Promise<Receivers> {
  const arrived: Arrived = new Map();
  let [asked, misbehaves] = [0, true];
  const server = http.createServer(async (request, response) => {
    asked++;
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const id = (request.headers['webhook-id'] as string | undefined) ?? body;
    const luck = misbehaves ? Math.random() : 0;
    if (luck > 0.9) return void response.writeHead(500).end('not now');
    if (luck > 0.82) return void response.destroy();
    if (luck > 0.8) return void response.writeHead(307, { location: '/elsewhere' }).end();
    if (luck > 0.795) return; // Never answers: the sender's deadline ends it.
    note(arrived, id, body);
    // Took it, and did not say so: the sender cannot know, and sends it again.
    if (luck > 0.7) return void response.destroy();
    if (luck > 0.6) await pause(50 + Math.random() * 400);
    response.writeHead(200).end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const mailbox = await aMailbox(({ id, raw }) => {
    note(arrived, id, raw.slice(raw.indexOf('\n\n')).replaceAll(/--_NmP-\S+/g, ''));
  });
  const moods = setInterval(() => mailbox.refuse(misbehaves && Math.random() < 0.2 ? 451 : null), 100);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urls: { webhook: `${url}/hook`, slack: `${url}/slack`, smtp: mailbox.url },
    arrived,
    asked: () => asked,
    behave() {
      misbehaves = false;
    },
    async close() {
      clearInterval(moods);
      server.closeAllConnections();
      server.close();
      await mailbox.close();
    },
  };
}
