'use client';

import { formatDayTime } from '@/lib/kernel/format-time';
import { Popover } from '../../ui/overlay/popover';
import { clusterPins } from '../clusters';
import { ms, type Plot } from '../plot';
import type { BurnUp, PinKind } from './model';

type Pin = BurnUp['pins'][number];

/** One shape a kind, drawn around 0 0. Filled: it happened. Due pins (after now) are drawn hollow and dashed. */
const SHAPES: Record<PinKind, { d: string; colour: string }> = {
  threshold: { d: 'M0-5 5 4H-5Z', colour: 'var(--info)' },
  action_on: { d: 'M-5-3.5h10v7H-5ZM0-3.5v7', colour: 'var(--contained)' },
  action_off: { d: 'M-5-3.5h10v7H-5Z', colour: 'var(--neutral)' },
  stop: { d: 'M-2-5h4l3 3v4l-3 3h-4l-3-3v-4Z', colour: 'var(--stop)' },
  lift: { d: 'M0-5 5 0H2v5H-2V0H-5Z', colour: 'var(--ok)' },
  resume: { d: 'M-5 4.5v-3h3.3v-3H1.7v-3H5v9Z', colour: 'var(--ok)' },
  price: { d: 'M0-5 5 0 0 5-5 0Z', colour: 'var(--ink-2)' },
  amount: { d: 'M-4.5-4.5h9v9h-9Z', colour: 'var(--neutral)' },
  note: { d: 'M-4.25 0a4.25 4.25 0 1 0 8.5 0a4.25 4.25 0 1 0-8.5 0Z', colour: 'var(--ink-2)' },
};

const LABEL_PX = 6;
/** Longer words are in the list of events only. */
const LABEL_MOST = 16;

/** The lane of events under the axis: single pins lead to their event, clusters open a list. */
export function Pins({ burnUp, plot, y, now }: { burnUp: BurnUp; plot: Plot; y: number; now: number }) {
  const clusters = clusterPins(burnUp.pins.map((pin) => ({ px: plot.x(ms(pin.at)), item: pin })));
  if (clusters.length === 0) return null;
  let free = plot.left - 20;
  return (
    <g>
      <path d={`M${plot.left} ${y - 15}H${plot.right}`} stroke="var(--grid)" />
      <text x={plot.left - 8} y={y + 4} textAnchor="end" className="fill-ink-3">
        pins
      </text>
      {clusters.map(({ px, items }) => {
        const [first] = items;
        if (!first) return null;
        // A filled shape says reached and a hollow one due; the words need not.
        const words = items.length === 1 ? first.label.replace(/ (reached|due)$/, '') : '';
        const half = (words.length * LABEL_PX) / 2;
        const middle = Math.min(px, plot.right - half);
        const labelled = words !== '' && words.length <= LABEL_MOST && middle - half > free;
        if (labelled) free = middle + half + 4;
        const key = `${first.at} ${first.kind} ${first.label}`;
        return (
          <g key={key} transform={`translate(${px} ${y})`}>
            {items.length === 1 ? (
              <SinglePin pin={first} zone={burnUp.zone} due={ms(first.at) > now} />
            ) : (
              <PinCluster pins={items} zone={burnUp.zone} />
            )}
            {labelled ? (
              <text x={middle - px} y={19} textAnchor="middle" className="fill-ink-3">
                {words}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

function SinglePin({ pin, zone, due }: { pin: Pin; zone: string; due: boolean }) {
  const { d, colour } = SHAPES[pin.kind];
  const name = `${pin.label}, ${formatDayTime(pin.at, zone)}`;
  const shape = (
    <>
      <title>{name}</title>
      <circle r={12} fill="transparent" />
      <path
        d={d}
        fill={due ? 'var(--surface)' : colour}
        stroke={colour}
        strokeWidth={1.5}
        strokeDasharray={due ? '2 1.5' : undefined}
        strokeLinejoin="round"
      />
    </>
  );
  return pin.href ? (
    <a href={pin.href} aria-label={name}>
      {shape}
    </a>
  ) : (
    <g>{shape}</g>
  );
}

function PinCluster({ pins, zone }: { pins: Pin[]; zone: string }) {
  const trigger = (
    // biome-ignore lint/a11y/useSemanticElements: an SVG picture holds no HTML button
    <g role="button" tabIndex={0} aria-label={`${pins.length} events`} className="cursor-pointer">
      <circle r={12} fill="transparent" />
      <circle r={8.5} fill="var(--surface)" stroke="var(--ink-2)" strokeWidth={1.5} />
      <text y={4} textAnchor="middle" className="fill-ink font-semibold">
        {pins.length}
      </text>
    </g>
  );
  return (
    <Popover trigger={trigger} nativeButton={false} title={`${pins.length} events`}>
      <ul className="grid gap-1.5 text-12">
        {pins.map((pin) => (
          <li key={`${pin.at} ${pin.label}`} className="grid grid-cols-[16px_minmax(0,1fr)] gap-1.5">
            <svg viewBox="-7 -7 14 14" aria-hidden="true" className="mt-0.5 size-3.5">
              <path d={SHAPES[pin.kind].d} fill={SHAPES[pin.kind].colour} />
            </svg>
            <span>
              {pin.href ? (
                <a href={pin.href} className="font-medium text-accent-ink underline">
                  {pin.label}
                </a>
              ) : (
                pin.label
              )}
              <span className="block text-ink-3">{formatDayTime(pin.at, zone)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
