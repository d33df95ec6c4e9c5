/**
 * `npm run prove -- P12 [times]`: every kind of outage so many times, for a second or two. Without a number, 200: first each for
 * half a minute, a lost database for five, then for moments and seconds. What whole rounds came to is kept.
 */
import { upTo } from '../support/client';
import { rounds } from '../support/rounds';
import { attack, type Proof } from './attack';
import { OUTAGES } from './outages';

const KINDS = Object.keys(OUTAGES).length;
const FULL = { outages: 200 };
const asked = process.argv[3] === undefined ? null : Number(process.argv[3]);

type Form = { lengths: number[]; kinds?: string[] };

/** First the long ones, then many short ones. */
function formAfter(before: Proof | null): Form {
  if (asked !== null) return { lengths: Array.from({ length: asked }, () => 500 + upTo(2_000)) };
  if (before === null) return { lengths: [30_000, 1_000] };
  if (before.outages === 2 * KINDS) return { lengths: [300_000], kinds: ['database gone', 'network silent'] };
  return { lengths: [100 + upTo(400), 1_000, 1_000 + upTo(4_000)] };
}

process.exitCode = await rounds<Proof>({
  name: 'P12',
  full: asked === null ? FULL : null,
  round: (report, before) => attack({ ...formAfter(before), callers: 32, report }),
  sentence: ({ outages, durable, unavailable, slowestMs }) =>
    `${outages} outages of ${KINDS} kinds, ${durable} durable decisions, ${unavailable} told that the database cannot be asked, slowest answer ${(slowestMs / 1000).toFixed(1)} s`,
  holds: 'every process came back by itself, nobody waited past the deadline, every figure is its rows',
});
