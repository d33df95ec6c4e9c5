import { cx } from './class-names';

type Shape = { d: string; fill?: boolean; dash?: string; cut?: boolean };

const circle = (radius: number) => `M8 ${8 - radius}a${radius} ${radius} 0 1 1 0 ${radius * 2}a${radius} ${radius} 0 1 1 0 -${radius * 2}Z`;
const RING = circle(6.25);
const OCTAGON = 'M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4Z';
const TICK = 'm5.25 8.25 2 2 3.5-4.25';

/** Drawn on 16 × 16 with a 1.5 stroke. `fill` fills with the text's colour, `cut` draws in the surface's colour on top of a fill. */
const SHAPES = {
  ok: [{ d: RING }, { d: TICK }],
  warn: [{ d: 'M8 2.25 14.25 13.5H1.75Z' }, { d: 'M8 6.5v3M8 11.6v.1' }],
  stopped: [
    { d: OCTAGON, fill: true },
    { d: 'M5 8h6', cut: true },
  ],
  in_force: [
    { d: RING, fill: true },
    { d: TICK, cut: true },
  ],
  taking_hold: [{ d: circle(5.75) }, { d: 'M8 2.25a5.75 5.75 0 0 1 0 11.5Z', fill: true }],
  prepared: [
    { d: circle(5.75), dash: '2.4 2.1' },
    { d: circle(1.25), fill: true },
  ],
  off: [{ d: circle(5.75) }],
  failed: [
    { d: 'M8 1.5 14.5 8 8 14.5 1.5 8Z', fill: true },
    { d: 'm6.2 6.2 3.6 3.6m0-3.6L6.2 9.8', cut: true },
  ],
  held: [{ d: RING }, { d: 'M6.25 5.75v4.5M9.75 5.75v4.5' }],
  inconclusive: [{ d: RING, dash: '2.6 2' }, { d: 'M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.15M8 11.2v.1' }],
  help: [{ d: RING }, { d: 'M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.15M8 11.2v.1' }],
  live: [{ d: RING }, { d: circle(2), fill: true }],
  info: [{ d: RING }, { d: 'M8 7.5v3.25M8 5.2v.1' }],
  watch: [{ d: 'M1.5 8S4 3.75 8 3.75 14.5 8 14.5 8 12 12.25 8 12.25 1.5 8 1.5 8Z' }, { d: circle(1.75) }],
  worse: [{ d: 'M2 12.5 6 8l2.5 2.5L14 4' }, { d: 'M10 4h4v4' }],
  overview: [{ d: 'M2 13.5V2.5M2 13.5h12M4.5 10.5l3-3 2 1.5 4-5' }],
  spend: [{ d: 'M3 13.5V9M6.33 13.5V5.5M9.66 13.5v-6M13 13.5v-11' }],
  budget: [{ d: 'M2.5 11a5.5 5.5 0 1 1 11 0' }, { d: 'M8 11 10.5 7.2' }, { d: 'M1.5 13.5h13' }],
  contain: [{ d: 'M2 3.5h3.5V7H9v3.5h3.5V14H14' }],
  breach: [{ d: OCTAGON }, { d: 'M8 4.75v4M8 11v.1' }],
  playbook: [{ d: 'M3 2h10v12H3Z' }, { d: 'm5 5.5 .9.9L7.5 4.8M9.25 5.5h2M5 10l.9.9 1.6-1.6M9.25 10h2' }],
  data: [
    { d: 'M3 3.75c0-1.1 2.24-2 5-2s5 .9 5 2-2.24 2-5 2-5-.9-5-2Z' },
    { d: 'M3 3.75v8.5c0 1.1 2.24 2 5 2s5-.9 5-2v-8.5M3 8c0 1.1 2.24 2 5 2s5-.9 5-2' },
  ],
  settings: [
    { d: 'M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7' },
    { d: 'M10.75 2.75a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0 -3.5Z' },
    { d: 'M5.25 9.75a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0 -3.5Z' },
  ],
  workload: [{ d: 'M2.5 3.5h11v4h-11ZM2.5 9.5h11v4h-11Z' }, { d: 'M5 5.5h.1M5 11.5h.1' }],
  bell: [{ d: 'M3.5 11.5V7a4.5 4.5 0 0 1 9 0v4.5l1 1h-11Z' }, { d: 'M6.75 14.25h2.5' }],
  search: [{ d: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0 -9Z' }, { d: 'm10.5 10.5 3 3' }],
  menu: [{ d: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11' }],
  chevron_down: [{ d: 'm4 6 4 4 4-4' }],
  chevron_right: [{ d: 'm6 4 4 4-4 4' }],
  chevron_left: [{ d: 'm10 4-4 4 4 4' }],
  sort: [{ d: 'm5 6 3-3 3 3M5 10l3 3 3-3' }],
  up: [{ d: 'M8 13V3m0 0L4 7m4-4 4 4' }],
  down: [{ d: 'M8 3v10m0 0 4-4m-4 4-4-4' }],
  close: [{ d: 'm4 4 8 8m0-8-8 8' }],
  plus: [{ d: 'M8 3v10M3 8h10' }],
  tick: [{ d: 'm3.5 8.5 3 3 6-7' }],
  send: [{ d: 'M14 2 7 9M14 2 9.5 14 7 9 2 6.5Z' }],
  download: [{ d: 'M8 2v8m0 0L5 7m3 3 3-3M2.5 13.5h11' }],
  theme: [{ d: circle(5.75) }, { d: 'M8 2.25a5.75 5.75 0 0 1 0 11.5Z', fill: true }],
  table: [{ d: 'M2 3h12v10H2ZM2 6.5h12M6 6.5V13' }],
  chart: [{ d: 'M2 2.5v11h12' }, { d: 'm4.5 10 3-3.5L10 8.5l4-5' }],
  picture: [{ d: 'M2 3h12v10H2Z' }, { d: 'm2 11 3.5-3.5 3 3L11 8l3 3' }],
  pencil: [{ d: 'm3 13 .7-3L11 2.7 13.3 5 6 12.3Z' }],
  copy: [{ d: 'M5.5 5.5h8v8h-8Z' }, { d: 'M3.5 10.5h-1v-8h8v1' }],
  undo: [{ d: 'M3 6h6.5a3.5 3.5 0 0 1 0 7H6M3 6l3-3M3 6l3 3' }],
  retry: [{ d: 'M13 8a5 5 0 1 1-1.5-3.6M12 1.75V4.5H9.25' }],
  clock: [{ d: RING }, { d: 'M8 4.5V8l2.5 1.5' }],
  link: [{ d: 'M9 3h4v4M13 3 7.5 8.5M11.5 9.5v3.5H3V4.5h3.5' }],
  trash: [{ d: 'M3 4.5h10M6 4.5V2.75h4V4.5M4.25 4.5l.6 9h6.3l.6-9' }],
  more: [{ d: 'M3.5 8h.1M8 8h.1M12.5 8h.1' }],
  person: [{ d: 'M8 2.25a2.75 2.75 0 1 1 0 5.5a2.75 2.75 0 1 1 0 -5.5Z' }, { d: 'M2.75 13.75c.4-2.7 2.6-4 5.25-4s4.85 1.3 5.25 4' }],
} satisfies Record<string, Shape[]>;

export type IconName = keyof typeof SHAPES;

/** A decorative 16 px icon in the text's colour; the word beside it, or the button's label, says what it means. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={cx('size-4 flex-none', className)}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {(SHAPES[name] as Shape[]).map(({ d, fill, dash, cut }) => (
        <path
          key={d}
          d={d}
          fill={fill ? 'currentColor' : 'none'}
          stroke={cut ? 'var(--surface)' : 'currentColor'}
          strokeWidth={cut ? 1.75 : 1.5}
          strokeDasharray={dash}
        />
      ))}
    </svg>
  );
}
