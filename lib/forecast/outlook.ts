import { days, type Instant } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd } from '@/lib/kernel/money';
import type { Period } from '@/lib/kernel/period';
import { type Curve, type Knot, reaches } from './curve';
import { expectDays, LEAST_DAYS, runningSum } from './expect-days';
import type { Days } from './models';
import { replay, type Track, trackOf, widthAt } from './replay';
import { runRate } from './run-rate';

/** What a forecast of a period is made from. */
export type Ground = {
  charged: NanoUsd;
  limit: NanoUsd;
  span: Period;
  now: Instant;
  /** When data of this spend begins; null without any. */
  since: Instant | null;
  /** The moment up to which data is there: now, or where the sources fell silent. What lies between is expected, not zero. */
  until: Instant;
  /** Whole local days before the one that holds `until`; null where they cannot be told by the day. */
  history: Days | null;
  /** The local days from the one that holds `until` to the period's end: until when each runs, and which share of it is still to come. */
  ahead: readonly { endsAt: Instant; share: number }[];
};

/** When the forecast reaches the limit, and when the upper and the lower edge of its band do; null where that is not within the period. */
export type Runway = { at: Instant | null; earliest: Instant | null; latest: Instant | null };

/** Where a period's spend is going: nothing to say yet, the run rate of so many days, or the forecast with its band. */
export type Outlook = { kind: 'none' | 'run_rate' | 'band'; days: number; curve: Curve; runway: Runway; track: Track | null };

const NOWHERE: Runway = { at: null, earliest: null, latest: null };

/** The forecast of what is charged until the period's end, and when it reaches the limit. */
export function outlookOf(ground: Ground): Outlook {
  const { charged, limit, span, now } = ground;
  if (now >= span.endsAt || now < span.startsAt) return { kind: 'none', days: 0, curve: [], runway: NOWHERE, track: null };
  const known = (ground.history ?? []).filter((each) => each !== null).length;
  const found = (known >= LEAST_DAYS && ground.history && withBand(ground, ground.history)) || straight(ground);
  if (charged >= limit) return { ...found, runway: charged > 0n ? { at: now, earliest: null, latest: null } : NOWHERE };
  const at = (edge: 'median' | 'low' | 'high') => {
    const moment = reaches(found.curve, edge, limit);
    return moment === null || moment > now ? moment : now;
  };
  return { ...found, runway: { at: at('median'), earliest: at('high'), latest: at('low') } };
}

function straight({ charged, span, since, until }: Ground): Omit<Outlook, 'runway'> {
  const { curve, elapsed } = runRate(charged, span, since, until);
  const kind = curve.length === 0 ? 'none' : 'run_rate';
  return { kind, days: Math.max(1, Math.round(elapsed / days(1))), curve, track: null };
}

/**
 * Today is not over: what it has spent is counted as it is, and of what is expected of it only the part that is still to come. The band
 * is as wide as past errors say for so many days ahead, of what is still to come; it never narrows on the way, and never goes below what
 * is charged. Null where too few past forecasts can be judged for a band.
 */
function withBand({ charged, until, ahead }: Ground, history: Days): Omit<Outlook, 'runway'> | null {
  const { daily, past } = remembered(history, ahead.length);
  if (past.widths.length === 0) return null;
  const sums = runningSum(ahead.map(({ share }, day) => share * (daily[day] as number)));
  const money = (sum: number) => nanoUsd(charged + BigInt(Math.round(sum)));
  const curve: Knot[] = [{ at: until, median: charged, low: charged, high: charged }];
  let [low, high] = [0, 0];
  for (const [day, { endsAt: at }] of ahead.entries()) {
    const [expected, width] = [sums[day] as number, widthAt(past.widths, day + 1)];
    low = Math.max(low, expected * (1 - width));
    high = Math.max(high, expected * (1 + width));
    curve.push({ at, median: money(expected), low: money(low), high: money(high) });
  }
  return { kind: 'band', days: history.length, curve, track: trackOf(past.judged, ahead.length) };
}

type Model = { daily: number[]; past: ReturnType<typeof replay> };

/** A model is worked out once for the same past: screens ask for the same one many times a day. */
const models = new Map<string, Model>();
const MOST_MODELS = 500;

function remembered(history: Days, horizon: number): Model {
  const key = `${horizon} ${history.join(' ')}`;
  const known = models.get(key);
  if (known) return known;
  if (models.size >= MOST_MODELS) models.clear();
  const model = { daily: expectDays(history, horizon), past: replay(history, horizon) };
  models.set(key, model);
  return model;
}
