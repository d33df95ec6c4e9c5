import type { SeriesStyle } from './series-style';

const PATHS: Record<SeriesStyle['marker'], string> = {
  circle: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z',
  square: 'M-3.2-3.2h6.4v6.4h-6.4Z',
  triangle: 'M0-4 4 3.2h-8Z',
  diamond: 'M0-4.4 4.4 0 0 4.4-4.4 0Z',
  cross: 'M-3.2-3.2 3.2 3.2M3.2-3.2-3.2 3.2',
};

/** A series' marker at a point. */
export function Marker({ style, x, y }: { style: SeriesStyle; x: number; y: number }) {
  return <path d={PATHS[style.marker]} transform={`translate(${x} ${y})`} fill={style.colour} stroke={style.colour} strokeWidth={1.5} />;
}

const TEXTURES: Record<SeriesStyle['pattern'], string | null> = {
  plain: null,
  rising: 'M-2 2 2-2M0 8 8 0M6 10 10 6',
  falling: 'M-2 6 2 10M0 0 8 8M6-2 10 2',
  dots: 'M2 2h.1M6 6h.1',
  level: 'M0 1h8',
};

/** The fill of a series: its colour with its texture cut in. */
export function SeriesPattern({ id, style }: { id: string; style: SeriesStyle }) {
  const texture = TEXTURES[style.pattern];
  return (
    <pattern id={id} width={8} height={8} patternUnits="userSpaceOnUse">
      <rect width={8} height={8} fill={style.colour} />
      {texture ? (
        <path
          d={texture}
          stroke="var(--surface)"
          strokeWidth={style.pattern === 'dots' ? 2 : 1}
          strokeLinecap="round"
          strokeOpacity={0.5}
          fill="none"
        />
      ) : null}
    </pattern>
  );
}
