const DRAWN = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'font-variant-numeric',
] as const;

/** Hands a file to the person. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copies what the stylesheet and the theme say onto every element: a picture outside the page knows neither. */
function freeze(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of DRAWN) to.setAttribute(name, style.getPropertyValue(name));
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (const [index, child] of [...from.children].entries()) {
    const copy = to.children[index];
    if (copy) freeze(child, copy);
  }
}

function words(line: string, font: string, size: number, weight: number, y: number, colour: string): SVGTextElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  for (const [name, value] of Object.entries({ x: 16, y, fill: colour, 'font-family': font, 'font-size': size, 'font-weight': weight }))
    element.setAttribute(name, String(value));
  element.textContent = line;
  return element;
}

function wrap(sentence: string, most: number): string[] {
  const lines = [''];
  for (const word of sentence.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/**
 * The chart as PNG at twice its size: title, picture as it stands on the screen (theme, width, focus), caption.
 * @throws Error when the browser cannot draw it
 */
export async function pictureOf(svg: SVGSVGElement, title: string, caption: string): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(document.documentElement);
  const page = getComputedStyle(svg.closest('figure') ?? svg);
  const [ink, font] = [page.color, page.fontFamily];
  const heads = wrap(title, Math.floor(width / 8));
  const notes = wrap(caption, Math.floor(width / 6.2));
  const top = 16 + heads.length * 20;
  const [fullWidth, fullHeight] = [width + 32, top + height + notes.length * 16 + 24];
  const copy = svg.cloneNode(true) as SVGSVGElement;
  freeze(svg, copy);
  for (const [name, value] of Object.entries({ x: 16, y: top, width, height, overflow: 'visible' })) copy.setAttribute(name, String(value));
  const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({
    xmlns: 'http://www.w3.org/2000/svg',
    width: fullWidth * 2,
    height: fullHeight * 2,
    viewBox: `0 0 ${fullWidth} ${fullHeight}`,
  }))
    sheet.setAttribute(name, String(value));
  sheet.append(...heads.map((line, index) => words(line, font, 15, 600, 24 + index * 20, ink)), copy);
  sheet.append(...notes.map((line, index) => words(line, font, 12, 400, top + height + 18 + index * 16, ink)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(sheet))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [fullWidth * 2, fullHeight * 2];
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws no pictures.');
  pen.fillStyle = surfaceColour(style);
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('This browser made no picture.');
  return blob;
}

/** The surface's colour as the theme has it now; a custom property alone may still say light-dark(…). */
function surfaceColour(root: CSSStyleDeclaration): string {
  const probe = document.createElement('i');
  probe.style.color = 'var(--surface)';
  document.body.append(probe);
  const colour = getComputedStyle(probe).color || root.backgroundColor;
  probe.remove();
  return colour;
}
