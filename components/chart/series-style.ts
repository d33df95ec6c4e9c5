/** Colours of the fixed palette (tokens --series-1 … --series-8). */
export const PALETTE_SIZE = 8;
/* None is dotted: dots say that a bucket is not over. */
const DASHES = ['0', '10 3', '5 3', '10 3 2 3'] as const;
export const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;
export const PATTERNS = ['plain', 'rising', 'falling', 'dots', 'level'] as const;

export type SeriesStyle = { colour: string; dash: string; marker: (typeof MARKERS)[number]; pattern: (typeof PATTERNS)[number] };

/** FNV-1a, 32 bits: small, stable, spreads short names well. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hashOf(key: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** Chosen so that the models of one family that stand beside each other most often have colours of their own; see the test. */
const COLOUR_BASIS = 7_663;

/** Which colour a name has: its hash, with every bit of it mixed into those that count. */
function colourOf(id: string): number {
  let hash = hashOf(id, COLOUR_BASIS);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) % PALETTE_SIZE;
}

/**
 * The look of a series, the same on every screen and after every filter: colour by hash of its id. Dash, marker and pattern come from other bits of the
 * hash, so two series that share a colour still differ.
 */
export function seriesStyle(id: string): SeriesStyle {
  const hash = hashOf(id);
  return {
    colour: `var(--series-${colourOf(id) + 1})`,
    dash: DASHES[(hash >>> 8) % DASHES.length] ?? '0',
    marker: MARKERS[(hash >>> 12) % MARKERS.length] ?? 'circle',
    pattern: PATTERNS[(hash >>> 18) % PATTERNS.length] ?? 'plain',
  };
}

/**
 * Looks for the series of one chart. Colours are kept whatever happens; where colour, marker and pattern of two would all be the same, the later one takes
 * the next free marker and pattern.
 */
export function seriesStyles(ids: readonly string[]): SeriesStyle[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    let style = seriesStyle(id);
    for (let turn = 1; turn < MARKERS.length && taken.has(`${style.colour} ${style.marker} ${style.pattern}`); turn++) {
      const marker = MARKERS[(MARKERS.indexOf(style.marker) + 1) % MARKERS.length] ?? 'circle';
      const pattern = PATTERNS[(PATTERNS.indexOf(style.pattern) + 1) % PATTERNS.length] ?? 'plain';
      style = { ...style, marker, pattern };
    }
    taken.add(`${style.colour} ${style.marker} ${style.pattern}`);
    return style;
  });
}

/** The look of "other (n)": no hue, so that it is never taken for a series. */
export const OTHER_STYLE: SeriesStyle = { colour: 'var(--axis)', dash: '16 4', marker: 'cross', pattern: 'level' };
