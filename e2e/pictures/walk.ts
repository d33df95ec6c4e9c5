import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { axe } from '../axe';
import { shortcuts, tabOrder } from './keys';
import { complaints, geometry, settled, shifts } from './look';
import { type Screen, SET_UP, type Shown } from './screens';

/** A phone, with a finger, and a desk. axe is asked everything once in each theme, at one of them. */
const SIZES = [
  { width: 1440, height: 900, isMobile: false, axeIn: 'light' },
  { width: 360, height: 740, isMobile: true, axeIn: 'dark' },
] as const;
const THEMES = ['light', 'dark'] as const;

export type Walk = {
  browser: Browser;
  state: string;
  /** What time the state has. */
  now: string;
  url: string;
  /** Who is signed in, as their browser keeps it. */
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
  /** Whether the keyboard is tried too: what it does is the same in every state. */
  keyboard: boolean;
  /** Where pictures go; null for none. */
  pictures: string | null;
};

export type Found = { faults: string[]; lines: Map<string, string> };

/** The state in which pages are looked at that are the same in all. */
const ONE_STATE = 'breached';

/** Opens every screen in each size, and looks at it in both themes. @returns faults as sentences, and each screen's first line */
export async function walk(on: Walk, screens: Screen[], shown: Shown): Promise<Found> {
  const found: Found = { faults: [], lines: new Map() };
  await Promise.all(
    SIZES.map(async (size) => {
      const { width, height, isMobile } = size;
      const of = {
        baseURL: on.url,
        viewport: { width, height },
        isMobile,
        hasTouch: isMobile,
        reducedMotion: 'reduce',
        colorScheme: 'light',
      } as const;
      const inside = await on.browser.newContext(of);
      await inside.addCookies(on.cookies);
      const outside = await on.browser.newContext(of);
      for (const [context, isOutside] of [
        [inside, false],
        [outside, true],
      ] as const) {
        await context.clock.setSystemTime(on.now);
        const page = await context.newPage();
        const heard = complaints(page);
        for (const screen of screens.filter((each) => (each.outside ?? false) === isOutside)) {
          // Whoever is not signed in sees the same page in every state, letter for letter: looked at once.
          if (screen.outside && screen.constant && screen.name !== SET_UP.name && on.state !== ONE_STATE) continue;
          const at = typeof screen.at === 'string' ? screen.at : screen.at(shown);
          if (at === null) continue;
          await page.emulateMedia({ colorScheme: 'light' });
          await page.goto(at);
          found.faults.push(...(await lookAt(page, screen, size, on, found.lines)));
          found.faults.push(...heard.take().map((fault) => sentence(screen, size, 'light', on, fault)));
        }
        await context.close();
      }
    }),
  );
  return found;
}

type Size = (typeof SIZES)[number];

const sentence = ({ name }: Screen, { width }: Size, theme: string, { state }: Walk, fault: string) =>
  `${name} at ${width} px, ${theme}, ${state}: ${fault}.`;

async function lookAt(page: Page, screen: Screen, size: Size, on: Walk, lines: Map<string, string>): Promise<string[]> {
  await settled(page);
  const moved = await shifts(page);
  const faults = moved.map((fault) => sentence(screen, size, 'light', on, fault));
  for (const theme of THEMES) {
    if (theme !== 'light') {
      await page.emulateMedia({ colorScheme: theme });
      await settled(page);
    }
    const { faults: seen, line } = await geometry(page);
    if (!screen.constant) lines.set(screen.name, line);
    const broken = size.axeIn === theme ? await axe(page) : [];
    faults.push(...[...seen, ...broken].map((fault) => sentence(screen, size, theme, on, fault)));
    if (on.pictures !== null) {
      mkdirSync(on.pictures, { recursive: true });
      const file = `${screen.name}-${on.state}-${theme}-${size.width}.png`.toLowerCase().replaceAll(' ', '-');
      await page.screenshot({ path: path.join(on.pictures, file), fullPage: true });
    }
  }
  if (on.keyboard && !size.isMobile) {
    const keys = screen.outside ? [] : await shortcuts(page);
    faults.push(...[...keys, ...(await tabOrder(page))].map((fault) => sentence(screen, size, 'dark', on, fault)));
  }
  return faults;
}
