/** A line of the catalogue, as the API answers it. */
type Line = { provider: string; model: string; unit: string; nanoUsdPerMillion: string; above: number | null };

/** A model of the catalogue with what a million units of each kind cost at the usual size of request. */
export type CatalogueModel = { provider: string; model: string; prices: Record<string, string> };

const MOST_TEXTS = 4;

/** The parts of a model's name: `gpt-6-nano` is gpt, 6, nano. */
const partsOf = (model: string): string[] =>
  model
    .toLowerCase()
    .split(/[^a-z0-9.]+/)
    .filter((part) => part !== '');

/** What to look for in the catalogue to find a name's neighbours: its beginnings, longest first, and its last words. */
export function searchTexts(model: string): string[] {
  const parts = partsOf(model);
  const beginnings = parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
  const words = parts.filter((part) => /[a-z]{3}/.test(part)).reverse();
  return [...new Set([...beginnings.slice(1, 3), ...words])].filter((text) => text.length >= 3).slice(0, MOST_TEXTS);
}

/** The model whose name shares the most parts with another's and has the fewest of its own; null where none shares any. */
export function nearestModel(model: string, lines: readonly Line[]): CatalogueModel | null {
  const wanted = new Set(partsOf(model));
  let best: { rank: number; line: Line } | null = null;
  for (const line of lines) {
    const parts = partsOf(line.model);
    const shared = parts.filter((part) => wanted.has(part)).length;
    const rank = shared * 10 - (parts.length - shared);
    if (shared > 0 && (best === null || rank > best.rank || (rank === best.rank && line.model > best.line.model))) best = { rank, line };
  }
  if (best === null) return null;
  const { provider, model: name } = best.line;
  const own = lines.filter((line) => line.provider === provider && line.model === name && line.above === null);
  return { provider, model: name, prices: Object.fromEntries(own.map((line) => [line.unit, line.nanoUsdPerMillion])) };
}
