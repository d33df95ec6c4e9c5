import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

// RFC 9110 §7.6.1: these speak of one connection, not of the message.
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
// Whoever comes from outside could say anything here: the front says it itself.
const OURS_TO_SAY = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-uri',
  'x-real-ip',
]);
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** Names and values in turn, as `rawHeaders` has them: nothing is merged or reordered. */
export type FlatHeaders = string[];

function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let at = 0; at < flat.length; at += 2) yield [flat[at] as string, flat[at + 1] as string];
}

/** Headers that may travel on: neither those of the connection nor those that `Connection` names. */
export function endToEnd(message: IncomingMessage): FlatHeaders {
  const named = new Set((message.headers.connection ?? '').toLowerCase().split(/\s*,\s*/));
  const kept: FlatHeaders = [];
  for (const [name, value] of pairs(message.rawHeaders)) {
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !named.has(lower)) kept.push(name, value);
  }
  return kept;
}

/** Whether the request names a host that an address can be made of. */
export const hasHost = (request: IncomingMessage): boolean => HOST.test(request.headers.host ?? '');

/** `http` or `https`, as the outside sees it: what PUBLIC_URL says where it is set, else how the request came. */
export type Scheme = 'http' | 'https';
export const schemeOf = (request: IncomingMessage, told: Scheme | null): Scheme =>
  told ?? ((request.socket as TLSSocket).encrypted ? 'https' : 'http');

/** What the front knows of where a request came from; the same for its own doors and for Next. */
export function forwarded(request: IncomingMessage, scheme: Scheme): [string, string][] {
  return [
    ['x-forwarded-for', request.socket.remoteAddress ?? 'unknown'],
    ['x-forwarded-proto', scheme],
    ['x-forwarded-host', request.headers.host ?? 'localhost'],
    ['x-forwarded-uri', request.url ?? '/'],
  ];
}

/** A request's headers without what outsiders may not say. */
export function trusted(flat: readonly string[]): FlatHeaders {
  const kept: FlatHeaders = [];
  for (const [name, value] of pairs(flat)) if (!OURS_TO_SAY.has(name.toLowerCase())) kept.push(name, value);
  return kept;
}
