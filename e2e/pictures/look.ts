import type { Page } from '@playwright/test';
import { drawn } from './boxes';
import { clipped, firstLine, overlapping, tooWide } from './faults';

const MOST_SHIFT = 0.02;
const QUIET_MS = 120;
const PATIENCE_MS = 8_000;

/** Waits until a page has drawn what it has: nothing holds a place, and nothing has changed for a while. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(
    ([quiet, patience]) =>
      new Promise<void>((resolve) => {
        const begun = performance.now();
        let changed = begun;
        const observer = new MutationObserver(() => {
          changed = performance.now();
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        const look = () => {
          const now = performance.now();
          const waits = document.querySelector('main .skeleton, main [aria-busy="true"]') !== null;
          if ((waits || now - changed < quiet) && now - begun < patience) return void setTimeout(look, 20);
          observer.disconnect();
          resolve();
        };
        look();
      }),
    [QUIET_MS, PATIENCE_MS] as const,
  );

/** Faults of geometry and of the first line, and what that says. */
export async function geometry(page: Page): Promise<{ faults: string[]; line: string }> {
  const all = await page.evaluate(drawn);
  return { faults: [tooWide, clipped, overlapping, firstLine].flatMap((check) => check(all)), line: all.headings[0] ?? '' };
}

/** How far things have moved by themselves since the page was opened, and which. */
export async function shifts(page: Page): Promise<string[]> {
  const moved = await page.evaluate(
    () =>
      new Promise<{ sum: number; what: string[] }>((resolve) => {
        type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] };
        const entries: Shift[] = [];
        const observer = new PerformanceObserver((list) => entries.push(...(list.getEntries() as Shift[])));
        observer.observe({ type: 'layout-shift', buffered: true });
        const tell = () => {
          observer.disconnect();
          const own = entries.filter((each) => !each.hadRecentInput);
          const what = own.flatMap((each) => each.sources.map(({ node }) => node?.textContent?.trim().slice(0, 40) ?? ''));
          resolve({ sum: own.reduce((sum, each) => sum + each.value, 0), what: [...new Set(what)] });
        };
        // A shift is told of once it has been painted.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(tell)));
      }),
  );
  return moved.sum > MOST_SHIFT ? [`moves by itself, ${moved.sum.toFixed(3)}: “${moved.what.slice(0, 3).join('”, “')}”`] : [];
}

/** Collects what a page complains about while it is open. */
export function complaints(page: Page): { take(): string[] } {
  let heard: string[] = [];
  page.on('console', (message) => message.type() === 'error' && heard.push(`complains: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`throws: ${error.message}`));
  return {
    take() {
      const all = heard;
      heard = [];
      return all;
    },
  };
}
