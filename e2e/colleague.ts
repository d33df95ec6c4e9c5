import type { APIRequestContext, Browser, Page } from '@playwright/test';

const PASSWORD = 'a short way down the garden path';

/** Whoever is invited: name, role and duties. */
export type Colleague = { name: string; role: string; duties?: string[] };

/**
 * Invites a colleague, takes the invitation up, and opens a page of their own, signed in, in a browser of their own.
 * @param url of the app · @returns their page, and their member id
 */
export async function aColleague(
  { browser, api, url }: { browser: Browser; api: APIRequestContext; url: string },
  colleague: Colleague,
): Promise<{ page: Page; id: string }> {
  const email = `${colleague.name.toLowerCase().replace(/\W+/g, '.')}@acme.test`;
  const invited = await api.post('/api/v1/members', { data: { duties: [], ...colleague, email } });
  const { id, joinUrl } = (await invited.json()) as { id: string; joinUrl: string };
  const context = await browser.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
  const page = await context.newPage();
  await page.request.post('/api/v1/join', { data: { token: joinUrl.split('/').at(-1), name: colleague.name, password: PASSWORD } });
  const { csrfToken } = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  await page.request.post('/api/auth/callback/credentials', { form: { csrfToken, email, password: PASSWORD, json: 'true' } });
  return { page, id };
}
