/** A side by side of where something begins and ends, in CSS pixels of the page. */
export type Rect = { left: number; top: number; right: number; bottom: number };

/** A line of text as it stands on the page, or a control (then `control`). `within` are the numbers of the boxes' elements around it. */
export type Box = {
  text: string;
  rect: Rect;
  /** Pixels that something which does not scroll hides of it, across and down. */
  cut: { x: number; y: number };
  /** Ends in an ellipsis, and says the whole text where one points at it. */
  excused: boolean;
  /** The controls that it stands in, and what it is when it is one itself. */
  within: number[];
  control: number | null;
};

/** What was drawn of a page: every visible line of text and every control, and how wide the page is. */
export type Drawn = { boxes: Box[]; width: number; scrollWidth: number; headings: string[] };

/** Reads it in the page. Nothing from outside this function is known there. */
export function drawn(): Drawn {
  const boxes: Box[] = [];
  const controls = [...document.querySelectorAll('button, input, select, textarea')];
  const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const saysWhole = (element: Element): boolean =>
    getComputedStyle(element).textOverflow === 'ellipsis' && element.closest('[title], [aria-label]') !== null;

  /** What stands around an element and hides what runs over its edge, nearest first; null where only screen readers are meant. */
  type Edge = { element: Element; rect: DOMRect; x: string; y: string };
  const known = new Map<Element, Edge[] | null>();
  function edgesOf(element: Element): Edge[] | null {
    const found = known.get(element);
    if (found !== undefined) return found;
    const { overflowX: x, overflowY: y, clipPath, position } = getComputedStyle(element);
    const around = element === document.body || !element.parentElement ? [] : edgesOf(element.parentElement);
    const rect = element.getBoundingClientRect();
    // A clip that leaves nothing, or a box of a pixel: said by screen readers, seen by nobody.
    const isSaid = clipPath === 'inset(50%)' || (rect.width <= 1 && rect.height <= 1 && x !== 'visible');
    const clips = element !== document.body && (x !== 'visible' || y !== 'visible');
    const beyond = position === 'fixed' ? [] : around;
    const edges = isSaid || beyond === null ? null : clips ? [{ element, rect, x, y }, ...beyond] : beyond;
    known.set(element, edges);
    return edges;
  }

  /** What of a rectangle its surroundings leave to be seen. */
  function seenOf(edges: Edge[], whole: Rect) {
    const rect = { ...whole };
    const cut = { x: 0, y: 0 };
    let excused = false;
    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
    for (const { element, rect: edge, x, y } of edges) {
      const across = Math.max(0, edge.left - rect.left) + Math.max(0, rect.right - edge.right);
      const down = Math.max(0, edge.top - rect.top) + Math.max(0, rect.bottom - edge.bottom);
      if (hides(x)) cut.x += across;
      if (hides(y)) cut.y += down;
      if (across > 0) excused ||= saysWhole(element);
      if (x !== 'visible') [rect.left, rect.right] = [Math.max(rect.left, edge.left), Math.min(rect.right, edge.right)];
      if (y !== 'visible') [rect.top, rect.bottom] = [Math.max(rect.top, edge.top), Math.min(rect.bottom, edge.bottom)];
    }
    return { rect, cut, excused };
  }
  const push = (element: Element, text: string, whole: Rect, control: number | null) => {
    const edges = edgesOf(element);
    if (edges === null) return;
    const seen = seenOf(edges, whole);
    // What stands in a field's own frame, a sign of currency or a cross, belongs to the field.
    const holds = (each: Element) => (each instanceof HTMLInputElement ? each.parentElement : each)?.contains(element) ?? false;
    const within = controls.flatMap((each, number) => (holds(each) ? [number] : []));
    boxes.push({ text, ...seen, within, control });
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent?.trim().replace(/\s+/g, ' ') ?? '';
    const element = node.parentElement;
    if (text === '' || !element || /^(SCRIPT|STYLE|NOSCRIPT|OPTION|TITLE|DESC)$/i.test(element.tagName)) continue;
    if (!isSeen(element) || edgesOf(element) === null) continue;
    range.selectNodeContents(node);
    for (const { left, top, right, bottom } of range.getClientRects())
      if (right - left > 1 && bottom - top > 1) push(element, text, { left, top, right, bottom }, null);
  }
  for (const [number, control] of controls.entries()) {
    const { left, top, right, bottom } = control.getBoundingClientRect();
    if (right - left < 8 || bottom - top < 8 || !isSeen(control)) continue;
    const name = control.getAttribute('aria-label') || control.textContent?.trim() || (control as HTMLInputElement).name;
    push(control, name || control.tagName.toLowerCase(), { left, top, right, bottom }, number);
  }
  const { clientWidth, scrollWidth } = document.documentElement;
  const headings = [...document.querySelectorAll('h1')].filter(isSeen).map((heading) => heading.textContent?.trim() ?? '');
  return { boxes, width: clientWidth, scrollWidth, headings };
}
