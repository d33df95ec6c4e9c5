import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures';
import { linkTo } from './link';
import { sameInAllStates } from './pictures/faults';
import { SCREENS, SET_UP } from './pictures/screens';
import { invitation, lastBreach, STATES, setUp } from './pictures/states';
import { type Found, walk } from './pictures/walk';
import { signIn } from './session';
import { DATA_DIR } from './setup';

test.describe.configure({ timeout: 600_000 });

/** `PICTURES=breach` walks over the screens so named only, and keeps what it saw; `PICTURES=.` keeps all of it. */
const WANTED = SCREENS.filter(({ name }) => new RegExp(process.env.PICTURES ?? '.', 'i').test(name));

const LINES = path.join(path.dirname(DATA_DIR), 'first-lines');

/** Keeps what a state's screens say for whichever state is walked last, which compares them. */
function keepLines(state: string, { lines }: Found): Map<string, Map<string, string>> | null {
  mkdirSync(LINES, { recursive: true });
  writeFileSync(path.join(LINES, `${state}.json`), JSON.stringify([...lines]));
  const states = readdirSync(LINES).map((file) => path.basename(file, '.json'));
  if (states.length < STATES.length) return null;
  const all = new Map<string, Map<string, string>>();
  for (const each of states)
    for (const [screen, line] of JSON.parse(readFileSync(path.join(LINES, `${each}.json`), 'utf8')) as [string, string][])
      all.set(screen, (all.get(screen) ?? new Map()).set(each, line));
  return all;
}

for (const state of STATES) {
  test.describe(state.name, () => {
    const isNew = state.name === 'empty';
    if (isNew) test.use({ ownVariables: {} });

    test(`every screen is fit to be seen: ${state.name}`, async ({ browser, ownApp }, info) => {
      const { url } = ownApp;
      const pictures = process.env.PICTURES === undefined ? null : info.outputPath('pictures');
      const on = { browser, url, state: state.name, now: state.now, keyboard: state.name === 'breached', pictures };
      const person = await browser.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
      const faults: string[] = [];
      if (isNew) {
        const before = await walk({ ...on, cookies: [] }, [SET_UP], {
          budget: '',
          workload: null,
          breach: null,
          link: null,
          invitation: '',
        });
        faults.push(...before.faults);
        await setUp(person.request);
      }
      await signIn(person, url);
      const made = await state.make(ownApp, person.request);
      const breach = await lastBreach(person.request);
      const shown = {
        ...{ ...made, breach, link: breach && (await linkTo(ownApp.folder, { id: breach })) },
        invitation: await invitation(person.request),
      };
      const found = await walk({ ...on, cookies: await person.cookies() }, WANTED, shown);
      await person.close();
      faults.push(...found.faults);
      const all = keepLines(state.name, found);
      if (all !== null) faults.push(...sameInAllStates(all));
      expect(faults.join('\n')).toBe('');
    });
  });
}
