import type { Page } from '@playwright/test';

const quoted = (text: string) => `“${text.slice(0, 60)}”`;

/** What can be operated: where it stands, and whether one sees that it has the focus. */
type Stop = { name: string; left: number; top: number; bottom: number; isSeen: boolean; isMarked: boolean; order: number };

/** Gives the focus to everything that Tab reaches, in its order. Nothing from outside this function is known in the page. */
function stops(): Stop[] {
  const reached =
    'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';
  const drawn = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(element);
    return outlineStyle !== 'none' && outlineWidth !== '0px' ? 'outlined' : `${boxShadow} ${backgroundColor}`;
  };
  const nameOf = (element: Element) =>
    element.getAttribute('aria-label') || element.textContent?.trim().replace(/\s+/g, ' ') || element.tagName.toLowerCase();
  const all = [...document.querySelectorAll<HTMLElement>(reached)].filter((each) => each.tabIndex >= 0 && each.checkVisibility());
  const found = all.map((element) => {
    const before = drawn(element);
    element.focus({ preventScroll: true });
    const { left, top, bottom, width } = element.getBoundingClientRect();
    const after = drawn(element);
    const isMarked = after === 'outlined' || after !== before;
    return { name: nameOf(element), left, top, bottom, isSeen: width > 1 && bottom - top > 1, isMarked, order: element.tabIndex };
  });
  (document.activeElement as HTMLElement | null)?.blur();
  return found;
}

/** Where Tab goes: everywhere that can be operated, in reading order, and one sees where one is. */
export async function tabOrder(page: Page): Promise<string[]> {
  // The browser marks the focus for whoever uses the keyboard: one key makes it so.
  await page.keyboard.press('Shift');
  await page.keyboard.press('Tab');
  const all = await page.evaluate(stops);
  const faults = all.flatMap(({ name, isSeen, isMarked, order }) => [
    ...(isSeen ? [] : [`gives the focus to ${quoted(name)}, which is not seen`]),
    ...(isSeen && !isMarked ? [`does not show that ${quoted(name)} has the focus`] : []),
    ...(order > 0 ? [`takes ${quoted(name)} out of its order`] : []),
  ]);
  for (const [index, to] of all.entries()) {
    const from = all[index - 1];
    // Up and to the right is the next column; up and to the left is back.
    if (from && to.bottom < from.top - 4 && to.left < from.left - 4)
      faults.push(`goes back from ${quoted(from.name)} to ${quoted(to.name)}`);
  }
  return faults;
}

/** Whether a key opens a dialog of a name, and Escape closes it. */
async function opens(page: Page, key: string, name: string): Promise<string[]> {
  const dialog = page.getByRole('dialog', { name, exact: true });
  await page.keyboard.press(key);
  const isOpen = await dialog.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
  if (!isOpen) return [`does not open ${quoted(name)} with ${key}`];
  await page.keyboard.press('Escape');
  const isClosed = await dialog.waitFor({ state: 'hidden', timeout: 5_000 }).then(
    () => true,
    () => false,
  );
  return isClosed ? [] : [`does not close ${quoted(name)} with Escape`];
}

/** What every signed-in screen answers to: the skip link first, the list of shortcuts, the palette. */
export async function shortcuts(page: Page): Promise<string[]> {
  const isFree = await page.evaluate(() => document.activeElement === document.body);
  const faults: string[] = [];
  if (isFree) {
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
    if (first !== '#main') faults.push('does not begin with the link that skips to its figures');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    faults.push(...(await opens(page, '?', 'Shortcuts')));
  }
  return [...faults, ...(await opens(page, 'Control+k', 'Search or run'))];
}
