import { describe, expect, it } from 'vitest';
import { toCsv } from '../frame/twin';
import { burnUpFinding } from './finding';
import type { BurnUp } from './model';
import { levelAt, prepareBurnUp } from './prepare';
import { burnUpTwin } from './twin';

const usd = (dollars: number) => String(BigInt(dollars) * 1_000_000_000n);
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');
const day = (date: number, hour = 0) => new Date(Date.UTC(2026, 10, date, hour)).toISOString();

const base: BurnUp = {
  startsAt: day(1),
  endsAt: day(30, 24),
  now: day(10, 12),
  zone: 'UTC',
  mode: 'enforce',
  points: [
    { at: day(4), actualNanoUsd: usd(100), complete: true },
    { at: day(8), actualNanoUsd: usd(250), complete: true },
    { at: day(10, 12), actualNanoUsd: usd(300), complete: false },
  ],
  heldNanoUsd: usd(5),
  chargedNanoUsd: '0',
  forecast: {
    kind: 'band',
    days: 30,
    points: [{ at: day(30, 24), medianNanoUsd: usd(900), lowNanoUsd: usd(850), highNanoUsd: usd(1_200) }],
  },
  lines: [
    { kind: 'stop', label: 'stop 95 %', nanoUsd: usd(950) },
    { kind: 'amount', label: 'amount', nanoUsd: usd(1_000) },
  ],
  crossing: null,
  pins: [],
  gaps: [],
  title: 'Holds.',
  caption: '',
};

describe('the branch without actions', () => {
  const branched: BurnUp = { ...base, withoutActions: { points: [{ at: day(30, 24), nanoUsd: usd(1_300) }] } };

  it('parts from the forecast where data ends, and the axis has room for it', () => {
    const { rows, branchEnd, topNano } = prepareBurnUp(branched);
    const at = (iso: string) => rows.find((row) => row.x === Date.parse(iso));
    expect(at(base.now)).toMatchObject({ median: 300, branch: 300 });
    expect(at(base.endsAt)).toMatchObject({ median: 900, branch: 1_300 });
    expect(branchEnd?.nano).toBe(BigInt(usd(1_300)));
    expect(topNano).toBe((BigInt(usd(1_300)) * 105n) / 100n);
    expect(prepareBurnUp(base)).toMatchObject({ branchEnd: null });
  });

  it('has a column of its own in the table, which others do not have', () => {
    const { twin } = burnUpTwin(branched);
    const column = twin.columns.findIndex((each) => each.head === 'Without actions, $');
    expect(twin.rows.at(-1)?.[column]?.show).toBe('$1,300.00');
    expect(twin.columns.length).toBe((twin.rows[0] ?? []).length);
    expect(burnUpTwin(base).twin.columns.map((each) => each.head)).not.toContain('Without actions, $');
  });
});

describe('what is drawn', () => {
  it('ends the axis 5 % above the top of the band where that is above the amount', () => {
    expect(prepareBurnUp(base).topNano).toBe((BigInt(usd(1_200)) * 105n) / 100n);
    expect(prepareBurnUp({ ...base, forecast: null }).topNano).toBe((BigInt(usd(1_000)) * 105n) / 100n);
  });

  it('starts at nothing, is solid while complete, dotted to now, and joins the forecast there', () => {
    const { rows, today } = prepareBurnUp(base);
    const at = (iso: string) => rows.find((row) => row.x === Date.parse(iso));
    expect(rows[0]).toMatchObject({ x: Date.parse(base.startsAt), happened: 0 });
    expect(at(day(8))).toMatchObject({ happened: 250, partial: 250 });
    expect(at(base.now)).toMatchObject({ partial: 300, median: 300, band: [300, 300] });
    expect(at(base.now)?.happened).toBeUndefined();
    expect(today).toEqual({ x: Date.parse(base.now), nano: BigInt(usd(300)), stale: false });
  });

  it('breaks the line where a source was silent, and drops what lies inside', () => {
    const { rows } = prepareBurnUp({ ...base, gaps: [{ from: day(5), to: day(7), source: 'OTLP' }] });
    expect(rows.find((row) => row.x === Date.parse(day(5)))?.happened).toBe(100);
    expect(rows.find((row) => row.x === Date.parse(day(5)) + 1)?.happened).toBeNull();
  });

  it('puts the ring where data ended when the silence reaches now', () => {
    const { today } = prepareBurnUp({ ...base, forecast: null, gaps: [{ from: day(9), to: base.now, source: 'OTLP' }] });
    expect(today).toEqual({ x: Date.parse(day(9)), nano: BigInt(usd(250)), stale: true });
  });

  it('joins the forecast where data ended, so that what is missing is expected and not left out', () => {
    const { rows } = prepareBurnUp({ ...base, gaps: [{ from: day(9), to: base.now, source: 'OTLP' }] });
    expect(rows.find((row) => row.x === Date.parse(day(9)))).toMatchObject({ median: 250, band: [250, 250] });
    expect(rows.find((row) => row.x === Date.parse(base.now))?.median).toBeUndefined();
  });

  it('has no ring before the first record', () => expect(prepareBurnUp({ ...base, points: [], forecast: null }).today).toBeNull());

  it('steps a raised amount and does not redraw history', () => {
    const steps = [
      { from: day(1), nanoUsd: usd(500) },
      { from: day(6), nanoUsd: usd(1_000) },
    ];
    const [level] = prepareBurnUp({ ...base, lines: [{ kind: 'amount', label: 'amount', nanoUsd: usd(1_000), steps }] }).levels;
    if (!level) throw new Error('no level');
    expect([day(2), day(6), day(20)].map((at) => levelAt(level, Date.parse(at)))).toEqual(
      [500, 1_000, 1_000].map((each) => BigInt(usd(each))),
    );
  });

  it('draws no band for a run rate', () => {
    const forecast: BurnUp['forecast'] = {
      kind: 'run_rate',
      days: 3,
      points: [{ at: day(30), medianNanoUsd: usd(900), lowNanoUsd: null, highNanoUsd: null }],
    };
    expect(prepareBurnUp({ ...base, forecast }).rows.some((row) => row.band)).toBe(false);
  });
});

describe('the table twin', () => {
  it('holds every point of the answer in its order, exactly', () => {
    const { twin, sentences, moments } = burnUpTwin({ ...base, pins: [{ at: day(9), kind: 'note', label: '=HYPERLINK("x")' }] });
    expect(twin.rows.map((row) => [row[1]?.plain, row[2]?.plain])).toEqual([
      ['100.00', ''],
      ['250.00', ''],
      ['300.00', ''],
      ['', '900.00'],
    ]);
    expect(sentences).toHaveLength(moments.length);
    expect(plain(sentences[2] ?? '')).toBe('Tue 10 Nov, 12:00: $300.00 spent, partial.');
    expect(plain(sentences[3] ?? '')).toBe('Tue 1 Dec, 00:00: expected ≈ $900, 80 % band $850–$1.2 k.');
    expect(toCsv(twin)).toContain(`${day(8)},250.00,,,,"'=HYPERLINK(""x"")"`);
  });
});

describe('the finding', () => {
  it.each<[string, Partial<BurnUp>, string | null, string]>([
    [
      'stops',
      { crossing: { at: day(28), earliest: day(27), latest: day(30) } },
      null,
      'Stops about Sat 28 Nov (27–30) if nothing changes.',
    ],
    [
      'stops, perhaps not at all',
      { crossing: { at: day(28), earliest: day(27), latest: null } },
      null,
      'Stops about Sat 28 Nov (from 27) if nothing changes.',
    ],
    ['stops, by its rate', { crossing: { at: day(28), earliest: null, latest: null } }, null, 'Stops about Sat 28 Nov if nothing changes.'],
    [
      'passes its limit, where it observes',
      { mode: 'observe', crossing: { at: day(28), earliest: day(28), latest: day(28) } },
      null,
      'Passes its limit about Sat 28 Nov if nothing changes.',
    ],
    [
      'is over its limit, observing',
      { mode: 'observe', lines: [{ kind: 'stop', label: 'stop 95 %', nanoUsd: usd(200) }] },
      null,
      'The period ends at ≈ $900, $700 over its limit.',
    ],
    ['stopped', {}, day(9, 3), 'Stopped since Mon 9 Nov, 03:00.'],
    ['holds', {}, null, 'The period ends at ≈ $900, $50 under its stop.'],
    ['is early', { forecast: null }, null, '$300 spent; too early for a forecast.'],
    [
      'has a rate only',
      { forecast: { kind: 'run_rate', days: 3, points: [{ at: day(30), medianNanoUsd: usd(900), lowNanoUsd: null, highNanoUsd: null }] } },
      null,
      'At the rate of 3 days the period ends at ≈ $900, $50 under its stop.',
    ],
  ])('says that it %s', (_, change, stoppedAt, sentence) => expect(plain(burnUpFinding({ ...base, ...change }, stoppedAt))).toBe(sentence));
});
