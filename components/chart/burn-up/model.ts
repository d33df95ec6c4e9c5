import type { PIN_KINDS } from '@/lib/budget/burn-up/schema';

/** Everything the burn-up draws, as plain JSON: times ISO 8601, money strings of whole nano-dollars. `lib` computes it; nothing here does sums. */
export type BurnUp = {
  startsAt: string;
  endsAt: string;
  now: string;
  /** IANA zone of the organisation. */
  zone: string;
  mode: 'enforce' | 'observe';
  /** Spend from the start of the period up to each moment, ascending; `complete` false where records may still come. The last one is the figure of now. */
  points: { at: string; actualNanoUsd: string; complete: boolean }[];
  /** Set aside now by open holds. */
  heldNanoUsd: string;
  /** What the levels look at now: spend with what is presumed and unpriced. The forecast goes on from here. */
  chargedNanoUsd: string;
  /** Expected spend from where data ends on, cumulative like the points. `run_rate`: under 14 days of data (`days` of them), no band. */
  forecast: null | {
    kind: 'run_rate' | 'band';
    points: { at: string; medianNanoUsd: string; lowNanoUsd: string | null; highNanoUsd: string | null }[];
    days: number;
  };
  /** The forecast without what actions in force save, as it was measured; absent or null where there is nothing to say. */
  withoutActions?: null | { points: { at: string; nanoUsd: string }[] };
  /** Levels; `steps` where they changed during the period, ascending, each from its moment on. `nanoUsd` is what holds now. */
  lines: { kind: LineKind; label: string; nanoUsd: string; steps?: { from: string; nanoUsd: string }[] }[];
  /** When the forecast reaches the stop, and when the band's edges do: null where not before the period's end, or without a band. */
  crossing: null | { at: string; earliest: string | null; latest: string | null };
  pins: { at: string; kind: PinKind; label: string; href?: string }[];
  /** Stretches without data, and the source that was silent. */
  gaps: { from: string; to: string; source: string }[];
  /** The finding: "Stops about Sat 28 Nov (27–30) if nothing changes." */
  title: string;
  caption: string;
};

export type LineKind = 'notify' | 'contain' | 'stop' | 'amount';
export type PinKind = (typeof PIN_KINDS)[number];
