import type { Box, Drawn, Rect } from './boxes';

/** Letters stand in the middle of their line: so much of its height, above and below, is room that lines may share. */
const LINE_SLACK = 0.2;
/** What a box may lose at an edge before someone sees it. */
const CUT_PX = { x: 1.5, y: 3 };
const MOST_WORDS = 16;

const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`;
const px = (pixels: number) => `${Math.round(pixels)} px`;
const isEmpty = ({ left, top, right, bottom }: Rect) => right - left < 1 || bottom - top < 1;

/** The page must not be wider than its window. */
export const tooWide = ({ width, scrollWidth }: Drawn): string[] =>
  scrollWidth > width ? [`scrolls sideways: ${px(scrollWidth - width)} wider than its window`] : [];

/** No text may be hidden by an edge that does not scroll, unless an ellipsis says so and the whole can be had. */
export function clipped({ boxes, width }: Drawn): string[] {
  return boxes.flatMap(({ text, rect, cut, excused, control }) => {
    if (control !== null) return [];
    if (!excused && (cut.x > CUT_PX.x || cut.y > CUT_PX.y)) return [`${quoted(text)} is cut by ${px(Math.max(cut.x, cut.y))}`];
    if (isEmpty(rect)) return [];
    const out = Math.max(-rect.left, rect.right - width);
    return out > CUT_PX.x ? [`${quoted(text)} runs ${px(out)} over the edge of the screen`] : [];
  });
}

/** The part of a box where its letters, or its control, are. */
function body({ rect, control }: Box): Rect {
  const slack = control === null ? (rect.bottom - rect.top) * LINE_SLACK : 2;
  return { left: rect.left + 1, right: rect.right - 1, top: rect.top + slack, bottom: rect.bottom - slack };
}

/** A text drawn twice at the same place is its own halo. */
const isHalo = (a: Box, b: Box) => a.text === b.text && Math.abs(a.rect.left - b.rect.left) < 1 && Math.abs(a.rect.top - b.rect.top) < 1;

/** No two texts may lie over each other, and none over a control that it is not part of. */
export function overlapping({ boxes }: Drawn): string[] {
  const found: string[] = [];
  const all = boxes
    .map((box) => ({ box, at: body(box) }))
    .filter(({ at }) => !isEmpty(at))
    .sort((a, b) => a.at.top - b.at.top);
  for (const [index, { box, at }] of all.entries()) {
    for (const { box: other, at: to } of all.slice(index + 1)) {
      if (to.top >= at.bottom) break;
      if (at.left >= to.right || to.left >= at.right || isHalo(box, other)) continue;
      if (box.control !== null && (other.control !== null || other.within.includes(box.control))) continue;
      if (other.control !== null && box.within.includes(other.control)) continue;
      found.push(`${quoted(box.text)} and ${quoted(other.text)} lie over each other`);
    }
  }
  return [...new Set(found)];
}

const wordsOf = (sentence: string) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Every screen begins with one line that answers its question in few words. */
export function firstLine({ headings }: Drawn): string[] {
  const [line] = headings;
  if (line === undefined || line === '') return ['has no first line'];
  if (headings.length > 1) return [`has ${headings.length} first lines, ${quoted(headings.join(' / '))}`];
  return wordsOf(line) > MOST_WORDS ? [`says ${quoted(line)} in ${wordsOf(line)} words`] : [];
}

/** Screens that say the same whatever is so. @param lines what each screen says, by state */
export function sameInAllStates(lines: Map<string, Map<string, string>>): string[] {
  return [...lines].flatMap(([screen, byState]) => {
    const said = new Set(byState.values());
    return byState.size > 1 && said.size === 1 ? [`${screen} says ${quoted([...said].join())} in every state`] : [];
  });
}
