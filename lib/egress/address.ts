import { BlockList, isIP } from 'node:net';

/** What no request of ours may reach unasked, and why it is not the open internet (IANA's special-purpose registries). */
const NOT_PUBLIC: readonly string[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // A public address that on Azure leads to the host's own agent.
  '168.63.129.16/32',
  // Of IPv6 only 2000::/3 is public at all; of that, ways back into IPv4 (Teredo, 6to4) and what stands in books.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'],
];

/** Ranges such as `10.0.0.0/8` and `fd00::/8` as a list that can be asked. @throws Error naming one that is no range */
export function rangesOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [net = '', length = ''] = cidr.split('/');
    const family = isIP(net);
    if (family === 0 || !/^\d+$/.test(length)) throw new Error(`${cidr} is no address range.`);
    list.addSubnet(net, Number(length), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Whether a text is a range such as `10.0.0.0/8`. */
export function isRange(cidr: string): boolean {
  try {
    return rangesOf([cidr]) !== undefined;
  } catch {
    return false;
  }
}

const refused = rangesOf(NOT_PUBLIC);
const publicV6 = rangesOf(['2000::/3']);
const mapped = rangesOf(['0.0.0.0/0']);

/** What an address is to us: on the open internet, in a range that the operator allows, or neither. */
export type Reach = 'public' | 'allowed' | 'refused';

/**
 * Whether a request may go to an address. Everything that leads into IPv4 by way of IPv6 (mapped, NAT64, 6to4, Teredo) is refused
 * whatever it holds, unless its own range is allowed.
 * @param address as a resolver or a URL gives it, without brackets or zone
 */
export function reachOf(address: string, allowed: BlockList): Reach {
  const version = isIP(address);
  if (version === 0) return 'refused';
  if (version === 4) {
    if (allowed.check(address, 'ipv4')) return 'allowed';
    return refused.check(address, 'ipv4') ? 'refused' : 'public';
  }
  // A mapped address would also match an IPv4 range: what is allowed there is meant for IPv4's own connections.
  if (!mapped.check(address, 'ipv6') && allowed.check(address, 'ipv6')) return 'allowed';
  return publicV6.check(address, 'ipv6') && !refused.check(address, 'ipv6') ? 'public' : 'refused';
}
