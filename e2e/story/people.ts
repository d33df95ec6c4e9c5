import { type APIRequestContext, type APIResponse, type Browser, expect, type Locator, type Page } from '@playwright/test';
import { INIT } from '../setup';

/** Someone with a browser of their own. */
export type Person = { id: string; name: string; email: string; page: Page };

export type Standing = { role: 'viewer' | 'analyst' | 'operator' | 'admin'; duties?: string[] };

type Member = { id: string; email: string; state: string };

const PASSWORD = 'a story has a beginning and an end';

/** A browser of its own at an app. */
export async function aBrowser(browser: Browser, baseURL: string): Promise<Page> {
  return (await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 } })).newPage();
}

/** Signs a browser in without the form. */
export async function enter(page: Page, email: string, password = PASSWORD): Promise<void> {
  const { csrfToken } = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  await page.request.post('/api/auth/callback/credentials', { form: { csrfToken, email, password, json: 'true' } });
}

/** Presses a button until what it opens is there: what is pressed before a page has come to life is lost. */
export async function press(button: Locator, opened: Locator): Promise<void> {
  await expect(async () => {
    if (!(await opened.isVisible())) await button.click({ timeout: 5_000 });
    await expect(opened).toBeVisible({ timeout: 3_000 });
  }).toPass({ intervals: [100] });
}

/** The admin of the first minute. */
export async function theAdmin(browser: Browser, baseURL: string): Promise<Page> {
  const page = await aBrowser(browser, baseURL);
  await enter(page, INIT.HARDSTOP_INIT_OWNER_EMAIL, INIT.HARDSTOP_INIT_OWNER_PASSWORD);
  return page;
}

/** The admin invites someone on screen; they take up the invitation by its link, and stand in the app. */
export async function invitedOnScreen(
  admin: Page,
  browser: Browser,
  { baseURL, name, duty }: { baseURL: string; name: string; duty: string },
): Promise<Person> {
  const email = `${name.toLowerCase()}@acme.test`;
  await admin.goto('/settings/members');
  const dialog = admin.getByRole('dialog');
  await press(admin.getByRole('button', { name: 'Invite', exact: true }), dialog.getByLabel('E-mail'));
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('checkbox', { name: duty }).click();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = (await dialog.getByLabel('Link to join').textContent()) ?? '';
  const page = await aBrowser(browser, baseURL);
  await page.goto(new URL(link.trim()).pathname);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  const found = async () =>
    ((await (await admin.request.get('/api/v1/members')).json()) as { items: Member[] }).items.find((each) => each.email === email);
  await expect.poll(async () => (await found())?.state, { timeout: 30_000 }).toBe('active');
  const { id } = (await found()) as Member;
  return { id, name, email, page };
}

/** The same without screens, for whoever comes after. */
export async function invited(
  api: APIRequestContext,
  browser: Browser,
  { baseURL, name, ...standing }: { baseURL: string; name: string } & Standing,
): Promise<Person> {
  const email = `${name.toLowerCase()}@acme.test`;
  const made = await api.post('/api/v1/members', { data: { email, name, duties: [], ...standing } });
  expect(made.status(), await made.text()).toBe(201);
  const { id, joinUrl } = (await made.json()) as { id: string; joinUrl: string };
  const token = new URL(joinUrl).pathname.split('/').at(-1);
  const joined = await api.post('/api/v1/join', { data: { token, name, password: PASSWORD } });
  expect(joined.status(), await joined.text()).toBe(200);
  const page = await aBrowser(browser, baseURL);
  await enter(page, email);
  return { id, name, email, page };
}

/** What someone does by the API where a screen adds nothing, as their browser would send it. @returns the answer, which must be a good one */
export async function acts<Answer>(who: Person, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, data?: object): Promise<Answer> {
  const response = await asks(who, method, path, data);
  expect(response.ok(), await response.text()).toBe(true);
  return (await response.json()) as Answer;
}

/** The same, whatever the answer is. */
export const asks = ({ page }: Person, method: string, path: string, data?: object): Promise<APIResponse> =>
  page.request.fetch(`/api/v1${path}`, { method, headers: { origin: new URL(page.url()).origin }, ...(data && { data }) });
