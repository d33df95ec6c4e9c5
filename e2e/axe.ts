import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA. Only what is broken is written down: to tell of everything that passes takes several times as long as the checks. */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
  selectors: false,
  preload: false,
};

/** What axe finds on a page as it stands, as sentences. @param part only this of it */
export async function axe(page: Page, part = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(
    ([within, options]) => {
      const { axe } = window as unknown as { axe: { run(within: string, options: RunOptions): Promise<AxeResults> } };
      return axe.run(within, options);
    },
    [part, OPTIONS] as const,
  );
  return violations.map(({ id, nodes }) => `axe finds ${id} at ${nodes.map((node) => node.html.slice(0, 160)).join(' and ')}`);
}

/** Holds what a page shows to WCAG 2.2 AA in both themes, and to its own width. @param part only this of it: what a popover half covers is no target */
export async function expectGood(page: Page, part = 'html'): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect((await axe(page, part)).map((fault) => `${colorScheme}: ${fault}`)).toEqual([]);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, 'pixels that a page is too wide').toBe(0);
}
