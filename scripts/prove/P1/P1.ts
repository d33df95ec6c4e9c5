/**
 * `npm run prove -- P1 [kills]`: without a number, rounds of 20 kills until the full form is reached. What whole rounds came to is
 * kept, so that it can be stopped at any moment and goes on from there.
 */

import { rounds } from '../support/rounds';
import { attack, type Proof } from './attack';

const FULL = { durable: 2_000_000, appKills: 500, databaseKills: 50 };
const asked = process.argv[3] === undefined ? null : Number(process.argv[3]);

process.exitCode = await rounds<Proof>({
  name: 'P1',
  full: asked === null ? FULL : null,
  round: (report) => attack({ kills: asked ?? 20, callers: 64, report }),
  sentence: ({ durable, refused, reported, leases, appKills, databaseKills, cutInCommit, stops, limitsMoved, grants, repriced, lifted }) =>
    `${durable} durable decisions, ${refused} refusals, ${reported} calls reported, ${leases} leases; ${appKills} app and ${databaseKills} database kills, ` +
    `${cutInCommit} connections cut in COMMIT; ${limitsMoved} limits moved, ${grants} grants, ${repriced} calls repriced; ${stops} stops, ${lifted} lifted`,
  holds: 'no excess from an allow, every figure is its rows',
});
