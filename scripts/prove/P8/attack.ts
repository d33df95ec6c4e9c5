import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { EgressFault } from '@/lib/egress/fault';
import type { Address } from '@/lib/egress/resolve';
import { sendOut } from '@/lib/egress/send';
import { randomOf } from '@/lib/testing/random-ledger';
import { aRebinding, aRedirect, aVariant, DECOY, type Variant, VICTIM } from './variants';

/** What an attack came to. */
export type Proof = { variants: number; reached: number; kinds: Record<string, number>; faults: string[] };

type Options = { variants: number; seed?: number; report?: (proof: Proof) => void };

/** Everything on this machine that is not the decoy is the victim: a connection to it is a request that reached what it must not. */
async function receivers(): Promise<{ port: number; victims(): number; decoys(): number; close(): Promise<void> }> {
  const count = { victim: 0, decoy: 0 };
  const answer: http.RequestListener = (request, response) => {
    const asked = new URL(request.url ?? '/', 'http://decoy').searchParams;
    response.writeHead(Number(asked.get('status') ?? 200), asked.has('to') ? { location: encodeURI(asked.get('to') ?? '') } : {}).end('ok');
  };
  const server = http.createServer(answer);
  server.on('connection', (socket) => count[(socket.localAddress ?? '').endsWith(DECOY) ? 'decoy' : 'victim']++);
  server.listen(0, '::');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    victims: () => count.victim,
    decoys: () => count.decoy,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A resolver that answers as the variant says, and how often it was asked. */
function resolverOf(answers: Address[][]): { resolver: () => Promise<Address[]>; asked(): number } {
  let asked = 0;
  return {
    resolver: async () => answers[Math.min(asked++, answers.length - 1)] ?? [],
    asked: () => asked,
  };
}

const send = (url: string, allow: string[], resolver?: () => Promise<Address[]>) =>
  sendOut({ url, method: 'POST', body: '{}', timeoutMs: 2_000, maxBytes: 1_024 }, resolver ? { allow, resolver } : { allow });

/** Tries one. @returns what is wrong with how it ended; null where all is well */
async function fault({ url, answers = [[]] }: Variant, mustBeRefused: boolean): Promise<string | null> {
  const { resolver, asked } = resolverOf(answers);
  try {
    const { status } = await send(url, [`${DECOY}/32`], resolver);
    if (mustBeRefused) return `was answered (${status})`;
  } catch (error) {
    if (!(error instanceof EgressFault && error.isRefusal)) return `ended as ${(error as Error).message}`;
    if (!mustBeRefused) return `was refused: ${error.message}`;
  }
  return asked() <= 1 ? null : `asked the resolver ${asked()} times`;
}

/**
 * P8: our outgoing requests reach only who they should. Generated ways to name a private address (other bases, IPv6 that leads into
 * IPv4, names, rebinding, redirects, other schemes) are sent to; a server that listens on every address of this machine counts
 * what gets through.
 */
export async function attack({ variants, seed = 1, report }: Options): Promise<Proof> {
  const random = randomOf(seed);
  const servers = await receivers();
  const proof: Proof = { variants: 0, reached: 0, kinds: {}, faults: [] };
  const { port } = servers;
  try {
    // The counter counts: what is allowed arrives.
    for (const host of [VICTIM, '[::1]', DECOY]) await send(`http://${host}:${port}/`, ['127.0.0.0/8', '::1/128']);
    if (servers.victims() !== 2 || servers.decoys() !== 1) proof.faults.push('what is allowed did not arrive: nothing would be counted');
    const before = servers.victims();
    while (proof.variants < variants) {
      const kind = random(20);
      const variant = kind === 0 ? aRebinding(random, port) : kind === 1 ? aRedirect(random, port) : aVariant(random, port);
      const wrong = await fault(variant, kind > 1);
      if (wrong !== null) proof.faults.push(`${variant.how}: ${variant.url} ${wrong}`);
      proof.kinds[variant.how] = (proof.kinds[variant.how] ?? 0) + 1;
      proof.variants++;
      proof.reached = servers.victims() - before;
      if (proof.variants % 1_000 === 0) report?.(proof);
    }
    if (proof.reached > 0) proof.faults.push(`${proof.reached} requests reached a private address`);
    return proof;
  } finally {
    await servers.close();
  }
}
