import { lookup } from 'node:dns/promises';
import { type BlockList, isIP } from 'node:net';
import { reachOf } from './address';
import { EgressFault } from './fault';

/** A resolved address: what a connection is pinned to. */
export type Address = { address: string; family: number };

/** Finds all addresses of a name. */
export type Resolver = (name: string) => Promise<Address[]>;

const system: Resolver = (name) => lookup(name, { all: true, verbatim: true });

/** Parses an address to send to. @throws EgressFault url */
export function outUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new EgressFault('url', 'This is no http:// or https:// address.');
  if (url.username !== '' || url.password !== '') throw new EgressFault('url', 'An address to send to holds no name and no password.');
  return url;
}

/**
 * The addresses that a request to `url` may connect to. They are looked up once, here: whoever connects uses these and asks no
 * resolver again, so that a name cannot change its mind between the check and the connection. A name of which any address is
 * refused is refused whole.
 * @throws EgressFault address · insecure · name
 */
export async function addressesFor(url: URL, allowed: BlockList, resolver: Resolver = system): Promise<Address[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host);
  const found = literal === 0 ? await resolved(host, resolver) : [{ address: host, family: literal }];
  const reaches = found.map(({ address }) => reachOf(address, allowed));
  if (found.length === 0 || reaches.includes('refused')) {
    const which = 'This address leads into a private network. HARDSTOP_EGRESS_ALLOW names the private ranges that may be reached.';
    throw new EgressFault('address', which);
  }
  if (url.protocol === 'http:' && reaches.includes('public'))
    throw new EgressFault('insecure', 'Through the open internet only https:// is sent to.');
  return found;
}

async function resolved(host: string, resolver: Resolver): Promise<Address[]> {
  try {
    return await resolver(host);
  } catch (error) {
    throw new EgressFault('name', `The name ${host} is not known.`, { cause: error });
  }
}
