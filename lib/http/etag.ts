import { Fault } from '@/lib/kernel/fault';

/** A row's version as the resource's `etag`. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version that `If-Match` names; null without the header, or with `*`. @throws Fault if_match.malformed */
export function ifMatchOf(request: Request): number | null {
  const given = request.headers.get('if-match')?.trim();
  if (given === undefined || given === '*') return null;
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given);
  if (!match) throw new Fault('if_match.malformed', 'If-Match takes one etag as the resource gave it, such as "3".');
  return Number(match[1]);
}

/** Refuses a change to what someone else has changed meanwhile. @throws Fault etag.mismatch */
export function requireVersion(version: number, ifMatch: number | null): void {
  if (ifMatch !== null && ifMatch !== version)
    throw new Fault('etag.mismatch', 'Someone else has changed this meanwhile. Read it again, then repeat your change.');
}
