import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** What a person must do before the browser tests can run. */
export const NO_BROWSER =
  'There is no browser for the end-to-end tests. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) or name one: PW_CHROMIUM=/path/to/chromium npm test';

function commandPath(name: string): string | null {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : null;
}

async function playwrightsOwn(): Promise<string | null> {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) ? file : null;
}

const installed = (): string | null =>
  COMMANDS.map(commandPath).find((file) => file !== null) ?? APPLICATIONS.find((file) => existsSync(file)) ?? null;

/** Debian has a package; Ubuntu's of that name only points to another store. */
function installFromDebian(): string | null {
  const debian = existsSync('/etc/debian_version') && !/ubuntu/i.test(readFileSync('/etc/os-release', 'utf8'));
  if (!debian || process.getuid?.() !== 0 || commandPath('apt-get') === null) return null;
  console.log('There is no browser yet: installing chromium with apt-get, which takes about a minute.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env });
  return commandPath('chromium');
}

/** The browser to test with: the one named, Playwright's own, the system's, or one installed now where that is possible. */
export async function findBrowser(): Promise<string | null> {
  const named = process.env.PW_CHROMIUM;
  if (named !== undefined && existsSync(named)) return named;
  return (await playwrightsOwn()) ?? installed() ?? installFromDebian();
}
