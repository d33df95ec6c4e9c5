import type { PlantedFault } from './fault';

const revoked = 'lib/gateway/revoked.test.ts';

/** Faults of what becomes of calls under way when their key is revoked. */
export const gatewayKeys: readonly PlantedFault[] = [
  {
    test: 'a running stream is cut within about a second of its key being revoked',
    in: revoked,
    at: 'lib/gateway/revoked.ts',
    from: 'const LOOK_EVERY_MS = 1_000;',
    to: 'const LOOK_EVERY_MS = 4_000;',
  },
  {
    test: 'one without its report stays presumed, however whole it looked',
    in: revoked,
    at: 'lib/gateway/call.ts',
    from: 'went.isWhole && went.reading.units !== null',
    to: 'went.isWhole',
  },
  {
    test: 'an answer that was whole when its stream was cut is booked as reported',
    in: revoked,
    at: 'lib/spend/hold/end-all.ts',
    from: 'if (!isLive && !isMeasuredHere)',
    to: 'if (!isLive)',
  },
  {
    test: 'streams of other keys go on',
    in: revoked,
    at: 'lib/gateway/revoked.ts',
    from: '!live.has(named(each)) && running.delete(each)',
    to: 'live.size < streams.length && running.delete(each)',
  },
];
