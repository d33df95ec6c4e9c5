import { Fault } from '@/lib/kernel/fault';
import { days, type Instant } from '@/lib/kernel/instant';
import { type Calendar, dayStart, localDay, localHourStart, nextPeriod, periodAt } from '@/lib/kernel/period';
import { nextHour } from '@/lib/ledger/hours';
import { type Dimension, isCut, LABEL_DIMENSIONS } from './dimensions';

export const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** A dimension must have one of the values; '' is what has none. */
export type Filter = { dimension: Dimension; values: string[] };

/** A question about spend in [from, to). */
export type SpendQuestion = { from: Instant; to: Instant; groupBy: Dimension[]; filters: Filter[]; granularity: Granularity | null };

/** Where a stretch [from, to) of the range is read: from raw rows, or from a rollup whose every cell lies inside it. */
export type Piece = { source: 'ledger' | 'hour' | 'day' | 'label'; from: Instant; to: Instant };

/** One bucket of a question's points, cut to the range; `complete` once it has ended and lies wholly in the range. */
export type Bucket = { at: Instant; from: Instant; to: Instant; complete: boolean };

/** How a question is answered. `from` is 'ledger' where raw rows had to be read for what no rollup keeps. */
export type Plan = { from: 'rollup' | 'ledger'; label: Dimension | null; pieces: Piece[]; buckets: Bucket[] };

const MAX_RAW = days(31);
const MAX_POINTS = 3_000;

/**
 * Chooses where to read: whole local days from the daily rollup (or the labels' one), the rest of the range from hours, its edges
 * within an hour from raw rows. What no rollup keeps (two labels, a label beside feature, provider or stage, a label by the hour,
 * a tag that is not registered) is read from raw rows, at most 31 days of them. Every way gives the same figures.
 * @throws Fault spend.empty_range, spend.range_too_long, spend.too_many_points
 */
export function planSpend(question: SpendQuestion, calendar: Calendar, labelTags: readonly string[], now: Instant): Plan {
  const { from, to } = question;
  if (from >= to) throw new Fault('spend.empty_range', 'Give a range whose end lies after its beginning.');
  const buckets = bucketsOf(question, calendar, now);
  const labels = labelsOf(question);
  if (!fitsRollups(question, labels, labelTags)) {
    if (to - from > MAX_RAW) {
      const detail = 'Give a range of at most 31 days: these dimensions together are kept in single records only.';
      throw new Fault('spend.range_too_long', detail);
    }
    return { from: 'ledger', label: null, pieces: [{ source: 'ledger', from, to }], buckets };
  }
  const label = labels[0] ?? null;
  return { from: 'rollup', label, pieces: piecesOf(question, calendar, label), buckets };
}

/** The labels that a question names, each once. */
function labelsOf({ groupBy, filters }: SpendQuestion): Dimension[] {
  return [...new Set([...groupBy, ...filters.map((each) => each.dimension)])].filter((each) => !isCut(each));
}

function fitsRollups({ groupBy, filters, granularity }: SpendQuestion, labels: Dimension[], labelTags: readonly string[]): boolean {
  if (labels.length === 0) return true;
  if (labels.length > 1 || granularity === 'hour') return false;
  const [label] = labels as [Dimension];
  const isKept = (LABEL_DIMENSIONS as readonly string[]).includes(label) || labelTags.includes(label.slice('tag:'.length));
  const others = [...groupBy, ...filters.map((each) => each.dimension)].filter((each) => each !== label);
  return isKept && others.every((each) => each === 'workload' || each === 'model');
}

function piecesOf({ from, to, granularity }: SpendQuestion, calendar: Calendar, label: Dimension | null): Piece[] {
  const firstDay = dayAtOrAfter(calendar, from);
  const lastDay = dayStart(calendar, localDay(calendar, to));
  const hasDays = granularity !== 'hour' && firstDay < lastDay;
  if (!hasDays) return label ? [{ source: 'ledger', from, to }] : hourPieces(calendar, from, to);
  const whole: Piece = { source: label ? 'label' : 'day', from: firstDay, to: lastDay };
  const edge = (start: Instant, end: Instant): Piece[] =>
    start >= end ? [] : label ? [{ source: 'ledger', from: start, to: end }] : hourPieces(calendar, start, end);
  return [...edge(from, firstDay), whole, ...edge(lastDay, to)];
}

/** A stretch in whole local hours, and what is left of it before and after them in raw rows. */
function hourPieces(calendar: Calendar, from: Instant, to: Instant): Piece[] {
  const first = hourAtOrAfter(calendar, from);
  const last = localHourStart(calendar, to);
  if (first >= last) return [{ source: 'ledger', from, to }];
  const pieces: Piece[] = [
    { source: 'ledger', from, to: first },
    { source: 'hour', from: first, to: last },
    { source: 'ledger', from: last, to },
  ];
  return pieces.filter((piece) => piece.from < piece.to);
}

function dayAtOrAfter(calendar: Calendar, at: Instant): Instant {
  const day = periodAt('day', calendar, at);
  return day.startsAt === at ? at : day.endsAt;
}

const hourAtOrAfter = (calendar: Calendar, at: Instant): Instant => {
  const start = localHourStart(calendar, at);
  return start === at ? at : nextHour(calendar, start);
};

function bucketsOf({ from, to, granularity }: SpendQuestion, calendar: Calendar, now: Instant): Bucket[] {
  if (granularity === null) return [];
  const buckets: Bucket[] = [];
  const startOf = (at: Instant): Instant =>
    granularity === 'hour' ? localHourStart(calendar, at) : periodAt(granularity, calendar, at).startsAt;
  const endOf = (at: Instant): Instant =>
    granularity === 'hour' ? nextHour(calendar, localHourStart(calendar, at)) : nextPeriod(granularity, calendar, at).startsAt;
  for (let at = startOf(from); at < to; at = endOf(at)) {
    const end = endOf(at);
    buckets.push({ at, from: at < from ? from : at, to: end > to ? to : end, complete: at >= from && end <= to && end <= now });
    if (buckets.length > MAX_POINTS) {
      throw new Fault(
        'spend.too_many_points',
        `Give a coarser granularity or a shorter range: an answer has at most ${MAX_POINTS} points.`,
      );
    }
  }
  return buckets;
}
