import type { PlantedFault } from '../fault';

const revoked = 'lib/gateway/revoked.test.ts';
const expired = 'lib/gateway/expired.test.ts';
const unseen = 'lib/gateway/key-unseen.test.ts';

/** Faults of the keys at the gateway: what becomes of a call whose key ends under way, and that no provider's key is seen. */
export const gatewayKeys: readonly PlantedFault[] = [
  {
    test: 'a call that comes to nothing gives its hold back, though its key was revoked under way',
    in: revoked,
    at: 'lib/gateway/hold.ts',
    from: "kind: 'release', through: 'gateway',",
    to: "kind: 'release',",
  },
  {
    test: 'a call that comes to nothing gives its hold back, though its key was revoked under way',
    in: revoked,
    at: 'lib/spend/hold/settlement.ts',
    from: "entries: hold.state === 'presumed' ? [presumedRow(hold, now, -1)] : [], change,",
    to: 'entries: [], change,',
  },
  {
    test: 'no program can take back what was presumed of its call by saying that there was none',
    in: revoked,
    at: 'lib/spend/hold/end-all.ts',
    from: "(state === 'presumed' && isMeasuredHere)",
    to: "state === 'presumed'",
  },
  {
    test: 'a running stream is cut within about a second of its key having expired, and its hold is presumed in full',
    in: expired,
    at: 'lib/gateway/key-ends.ts',
    from: 'if (isExpired !== false) ends.set',
    to: 'if (isExpired === undefined) ends.set',
  },
  {
    test: 'a running stream is cut within about a second of its key having expired, and its hold is presumed in full',
    in: expired,
    at: 'lib/gateway/key-ends.ts',
    from: 'if (isExpired) await presumeAll(key);',
    to: '',
  },
  {
    test: 'an answer that was whole when its key expired is booked as reported',
    in: expired,
    at: 'lib/gateway/call.ts',
    from: 'if (!isCut || (went.isWhole',
    to: 'if (!isCut && (went.isWhole',
  },
  {
    test: 'a key that expires later, or never, cuts nothing',
    in: expired,
    at: 'lib/gateway/key-ends.ts',
    from: 'expires_at IS NOT NULL AND expires_at <= ',
    to: 'expires_at IS NULL OR expires_at >= ',
  },
  {
    test: 'a 401 that repeats it',
    in: unseen,
    at: 'lib/gateway/call.ts',
    from: 'bytes: hide.inBytes(came.bytes)',
    to: 'bytes: came.bytes',
  },
  {
    test: 'a 401 that repeats it in its headers',
    in: unseen,
    at: 'lib/gateway/headers.ts',
    from: 'hide.in(value)',
    to: 'value',
  },
  {
    test: 'of a stream, whole, cut, and with an error in it',
    in: unseen,
    at: 'lib/gateway/relay.ts',
    from: 'raw: hide(raw)',
    to: 'raw',
  },
  {
    test: 'of what costs nothing',
    in: unseen,
    at: 'lib/gateway/free.ts',
    from: 'hide.inBytes(bytes)',
    to: 'bytes',
  },
  {
    test: 'a 401 that repeats it',
    in: unseen,
    at: 'lib/gateway/hide-key.ts',
    from: '[0, 1, 2].flatMap',
    to: '[0].flatMap',
  },
  {
    test: 'a 401 that repeats it',
    in: unseen,
    at: 'lib/gateway/hide-key.ts',
    from: 'encodeURIComponent(key), ',
    to: '',
  },
  {
    test: 'of the doors where it is set, the change log, and faults of ours',
    in: unseen,
    at: 'lib/http/log.ts',
    from: "'secret', 'apiKey', 'token'",
    to: "'secret', 'token'",
  },
];
