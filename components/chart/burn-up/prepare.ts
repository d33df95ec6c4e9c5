import { axisTop, largest } from '../money-axis';
import { dollars, ms } from '../plot';
import type { BurnUp, LineKind } from './model';

/** A row for the drawing library: x in ms, dollars as floats for placing only. Absent or null: nothing is drawn there. */
export type BurnUpRow = {
  x: number;
  happened?: number | null;
  partial?: number | null;
  median?: number;
  band?: [number, number];
  branch?: number;
};

export type Level = {
  kind: LineKind;
  label: string;
  nano: bigint /** Ascending; the first from the period's start. */;
  steps: { from: number; nano: bigint }[];
};

export type Prepared = {
  from: number;
  to: number;
  now: number;
  topNano: bigint;
  rows: BurnUpRow[];
  /** The figure of today: where the ring stands. `stale` when a gap reaches now, so that the figure is older than now. */
  today: { x: number; nano: bigint; stale: boolean } | null;
  /** Where the dotted part begins: from there records may still come. */
  partialFrom: number;
  levels: Level[];
  end: { x: number; nano: bigint } | null;
  /** Where it would end without what actions in force save. */
  branchEnd: { x: number; nano: bigint } | null;
};

const toLevel = (line: BurnUp['lines'][number], from: number): Level => {
  const steps = (line.steps ?? []).map((step) => ({ from: ms(step.from), nano: BigInt(step.nanoUsd) })).sort((a, b) => a.from - b.from);
  const first = steps[0];
  const nano = BigInt(line.nanoUsd);
  return {
    kind: line.kind,
    label: line.label,
    nano,
    steps: first ? [{ ...first, from: Math.min(first.from, from) }, ...steps.slice(1)] : [{ from, nano }],
  };
};

/** The level that held at a moment. */
export function levelAt(level: Level, at: number): bigint {
  let held = level.steps[0]?.nano ?? level.nano;
  for (const step of level.steps) if (step.from <= at) held = step.nano;
  return held;
}

/**
 * Makes the rows to draw: the happened line until the last complete point, the partial one from there to now, both broken where a source was silent, and
 * the forecast joined on at now. The money axis ends 5 % above the largest of amount, levels, band and spend with what is set aside.
 */
export function prepareBurnUp(burnUp: BurnUp): Prepared {
  const [from, to] = [ms(burnUp.startsAt), ms(burnUp.endsAt)];
  const now = Math.min(Math.max(ms(burnUp.now), from), to);
  const gaps = burnUp.gaps.map((gap) => ({ from: ms(gap.from), to: ms(gap.to) })).sort((a, b) => a.from - b.from);
  const inGap = (at: number) => gaps.some((gap) => at > gap.from && (at < gap.to || gap.to >= now));
  const points = burnUp.points
    .map((point) => ({ x: ms(point.at), nano: BigInt(point.actualNanoUsd), complete: point.complete }))
    .filter((point) => point.x <= now && !inGap(point.x));
  const silent = gaps.find((gap) => gap.from < now && gap.to >= now);
  const last = points.at(-1);
  const today = last ? { x: silent ? Math.max(silent.from, last.x) : now, nano: last.nano, stale: silent !== undefined } : null;
  const solid = points.filter((point) => point.complete);
  const partialFrom = solid.at(-1)?.x ?? from;

  const rows: BurnUpRow[] = [];
  if (last && (points[0]?.x ?? from) > from) rows.push({ x: from, happened: 0 });
  for (const point of points)
    rows.push(point.complete ? { x: point.x, happened: dollars(point.nano) } : { x: point.x, partial: dollars(point.nano) });
  const joint = solid.at(-1);
  if (today && (today.x > partialFrom || solid.length < points.length)) {
    rows.push({ x: partialFrom, partial: dollars(joint?.nano ?? 0n) }, { x: today.x, partial: dollars(today.nano) });
  }
  for (const gap of gaps) breakAt(rows, gap, now);

  // Where data ends: what is missing since is expected, not nothing.
  const joined = today?.x ?? now;
  const forecast = (burnUp.forecast?.points ?? [])
    .map((point) => ({
      x: ms(point.at),
      median: BigInt(point.medianNanoUsd),
      low: bigint(point.lowNanoUsd),
      high: bigint(point.highNanoUsd),
    }))
    .filter((point) => point.x > joined && point.x <= to);
  const spent = today?.nano ?? 0n;
  const charged = BigInt(burnUp.chargedNanoUsd);
  const start = charged > spent ? charged : spent;
  if (forecast.length > 0)
    rows.push({
      x: joined,
      median: dollars(start),
      ...(burnUp.forecast?.kind === 'band' ? { band: [dollars(start), dollars(start)] } : {}),
    });
  for (const { x, median, low, high } of forecast) {
    rows.push({ x, median: dollars(median), ...(low !== undefined && high !== undefined ? { band: [dollars(low), dollars(high)] } : {}) });
  }
  const branch = (burnUp.withoutActions?.points ?? [])
    .map((point) => ({ x: ms(point.at), nano: BigInt(point.nanoUsd) }))
    .filter((point) => forecast.length > 0 && point.x > joined && point.x <= to);
  if (branch.length > 0) rows.push({ x: joined, branch: dollars(start) });
  for (const { x, nano } of branch) rows.push({ x, branch: dollars(nano) });
  const levels = burnUp.lines.map((line) => toLevel(line, from));
  const end = forecast.at(-1);
  const heights = [
    start + BigInt(burnUp.heldNanoUsd),
    // Room for the words over the point of today.
    (start * 112n) / 100n,
    ...levels.flatMap((level) => [level.nano, ...level.steps.map((step) => step.nano)]),
    ...forecast.map((point) => point.high ?? point.median),
    ...branch.map((point) => point.nano),
  ];
  return {
    from,
    to,
    now,
    topNano: axisTop(largest(heights)),
    rows: merge(rows),
    today,
    partialFrom,
    levels,
    end: end ? { x: end.x, nano: end.median } : null,
    branchEnd: branch.at(-1) ?? null,
  };
}

const bigint = (value: string | null) => (value === null ? undefined : BigInt(value));

/** Holds the last value to the gap's start, then draws nothing until the first point after it. */
function breakAt(rows: BurnUpRow[], gap: { from: number; to: number }, now: number): void {
  const before = merge(rows).findLast((row) => row.x <= gap.from && (row.happened ?? row.partial) !== undefined);
  if (!before || gap.from >= now) return;
  const key = before.happened != null ? 'happened' : 'partial';
  rows.push({ x: gap.from, [key]: before[key] }, { x: gap.from + 1, happened: null, partial: null });
}

/** One row a moment, ascending: what several sources say of the same moment is joined. */
function merge(rows: readonly BurnUpRow[]): BurnUpRow[] {
  const byTime = new Map<number, BurnUpRow>();
  for (const row of rows) byTime.set(row.x, { ...byTime.get(row.x), ...row });
  return [...byTime.values()].sort((a, b) => a.x - b.x);
}
