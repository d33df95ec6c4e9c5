import { expect, type Page, test } from '@playwright/test';
import { axe } from '../axe';
import { sameInAllStates } from './faults';
import { shortcuts, tabOrder } from './keys';
import { complaints, geometry, settled, shifts } from './look';

/** A page that is as it should be, with something more in it. */
const pageWith = (more: string, style = '') =>
  `<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
   <style>body { margin: 8px; font: 13px/20px sans-serif } .short { width: 80px; overflow: hidden; white-space: nowrap } ${style}</style></head>
   <body><main><h1>One budget is stopped.</h1><p>Support bot <b>stopped</b> at $104.50.</p>${more}</main></body></html>`;

async function faultsOf(page: Page, more: string, style = ''): Promise<string[]> {
  await page.setContent(pageWith(more, style));
  return (await geometry(page)).faults;
}

test.use({ viewport: { width: 360, height: 640 } });

const LONG = 'Document extraction, all of Europe';

/** What is planted, and what must be said of it. */
const PLANTED: [string, string, unknown[]][] = [
  ['a width of its own', '<div style="width: 500px; height: 4px"></div>', ['scrolls sideways: 148 px wider than its window']],
  [
    'a text that is cut',
    `<div class="short">${LONG}</div>`,
    [expect.stringMatching(/^“Document extraction, all of Europe” is cut by \d+ px$/)],
  ],
  [
    'an ellipsis that keeps the rest to itself',
    `<div class="short" style="text-overflow: ellipsis">${LONG}</div>`,
    [expect.stringContaining('is cut by')],
  ],
  [
    'a label of a picture that its edge cuts',
    '<svg width="80" height="20"><text x="60" y="14">the usage API</text></svg>',
    [expect.stringMatching(/^“the usage API” is cut by \d+ px$/)],
  ],
  [
    'a label over another',
    '<div style="position: relative"><span>Stop 95 %</span><span style="position: absolute; left: 20px; top: 4px">Amount</span></div>',
    ['“Stop 95 %” and “Amount” lie over each other'],
  ],
  [
    'a label over a control',
    '<div style="position: relative; height: 40px"><button>Lift the stop</button><span style="position: absolute; left: 10px; top: 2px">since 10:15</span></div>',
    ['“Lift the stop” and “since 10:15” lie over each other'],
  ],
  [
    'a text that the screen ends',
    '<div style="position: absolute; left: 330px; top: 100px; white-space: nowrap">past the edge</div>',
    [expect.stringMatching(/^scrolls sideways/), expect.stringMatching(/^“past the edge” runs \d+ px over the edge of the screen$/)],
  ],
  ['a second first line', '<h1>Another</h1>', [expect.stringMatching(/^has 2 first lines/)]],
];

test('a fault that is planted is found, and said', async ({ page }) => {
  for (const [what, more, says] of PLANTED) expect([...new Set(await faultsOf(page, more))], what).toEqual(says);
});

const FIT: [string, string][] = [
  ['nothing more', ''],
  [
    'a text for screen readers',
    '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">Reading a long sentence</span>',
  ],
  ['an ellipsis that says the whole', `<div class="short" style="text-overflow: ellipsis" title="${LONG}">${LONG}</div>`],
  ['a box that scrolls', `<div tabindex="0" style="width: 80px; overflow: auto; white-space: nowrap">${LONG}</div>`],
  ['lines under each other', `<p style="line-height: 14px">${LONG}, ${LONG}, ${LONG}</p>`],
  ['a label with its halo', '<svg width="80" height="20"><text x="2" y="14">Stop</text><text x="2" y="14">Stop</text></svg>'],
  [
    'a sign inside its field',
    '<span style="position: relative"><input value="95"><span style="position: absolute; left: 80px">%</span></span>',
  ],
  ['a text inside its button', '<button><span>Lift</span> the stop</button>'],
  ['what is hidden', '<div style="opacity: 0; width: 20px; overflow: hidden; white-space: nowrap">Undone by a fade</div>'],
];

test('what is fit to be seen is left alone', async ({ page }) => {
  for (const [what, more] of FIT) expect(await faultsOf(page, more), what).toEqual([]);
});

test('a first line is one sentence of at most sixteen words', async ({ page }) => {
  await page.setContent('<h1></h1>');
  expect((await geometry(page)).faults).toEqual(['has no first line']);
  await page.setContent(`<h1>${'one '.repeat(17)}</h1>`);
  expect((await geometry(page)).faults).toEqual([expect.stringMatching(/ in 17 words$/)]);
  await page.setContent(`<h1>${'one '.repeat(16)} – · ≥</h1>`);
  expect((await geometry(page)).faults).toEqual([]);
});

test('what axe finds is said, and what a page complains about', async ({ page }) => {
  const heard = complaints(page);
  await page.setContent(pageWith('<p style="color: #ccc">Hardly there</p><script>console.error("lost"); throw new Error("fell")</script>'));
  expect(await axe(page)).toEqual([expect.stringContaining('axe finds color-contrast at <p style="color: #ccc">')]);
  expect(heard.take().toSorted()).toEqual(['complains: lost', 'throws: fell']);
  expect(heard.take()).toEqual([]);
});

/** Resolves when the page has painted what it has. */
const painted = (page: Page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

test('what moves by itself after it was drawn is said', async ({ page }) => {
  const show = (more: string) => page.goto(`data:text/html,${encodeURIComponent(pageWith(more))}`);
  await show(`<p>${'What stands here moves down. '.repeat(20)}</p>`);
  await painted(page);
  await page.evaluate(() => document.querySelector('p')?.before(Object.assign(document.createElement('div'), { style: 'height: 200px' })));
  await painted(page);
  expect(await shifts(page)).toEqual([expect.stringMatching(/^moves by itself, 0\.\d+: “/)]);
  await show('');
  expect(await shifts(page)).toEqual([]);
});

test('a page is looked at once nothing on it waits', async ({ page }) => {
  await page.setContent(pageWith('<div class="skeleton"></div>'));
  let isLooked = false;
  const looked = settled(page).then(() => {
    isLooked = true;
  });
  // By the page's own clock, several times as long as a quiet page is waited for.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(isLooked).toBe(false);
  await page.evaluate(() => document.querySelector('.skeleton')?.remove());
  await looked;
});

test('a screen that says the same in every state is named', () => {
  const lines = (a: string, b: string) => new Map([['Data', new Map(Object.entries({ empty: a, stale: b }))]]);
  expect(sameInAllStates(lines('All is well.', 'All is well.'))).toEqual(['Data says “All is well.” in every state']);
  expect(sameInAllStates(lines('Nothing came.', 'All is well.'))).toEqual([]);
});

test('the keyboard is tried: what it cannot see, or what goes back, is said', async ({ page }) => {
  await page.setContent(pageWith('<button>One</button> <button>Two</button> <a href="#x">Three</a>'));
  expect(await tabOrder(page)).toEqual([]);
  await page.setContent(
    pageWith(
      `<div style="margin-top: 200px; margin-left: 100px"><button style="outline: none">Unmarked</button></div>
       <button style="position: absolute; left: 0; top: 100px">Back</button><button tabindex="3">Early</button>
       <a href="#y" style="position: absolute; clip-path: inset(50%); width: 0; height: 0; overflow: hidden"></a>`,
    ),
  );
  expect((await tabOrder(page)).toSorted()).toEqual([
    'does not show that “Unmarked” has the focus',
    'gives the focus to “a”, which is not seen',
    'goes back from “Unmarked” to “Back”',
    'takes “Early” out of its order',
  ]);
  expect(await shortcuts(page)).toEqual([
    'does not begin with the link that skips to its figures',
    'does not open “Shortcuts” with ?',
    'does not open “Search or run” with Control+k',
  ]);
});
