import type { Page } from '@playwright/test';
import { INIT } from './setup';

/** Signs a page's browser, or a whole context, in as the organisation's first admin, without its form. @param base of an app of the test's own */
export async function signIn({ request }: Pick<Page, 'request'>, base = ''): Promise<void> {
  const { csrfToken } = (await (await request.get(`${base}/api/auth/csrf`)).json()) as { csrfToken: string };
  const form = { csrfToken, email: INIT.HARDSTOP_INIT_OWNER_EMAIL, password: INIT.HARDSTOP_INIT_OWNER_PASSWORD, json: 'true' };
  await request.post(`${base}/api/auth/callback/credentials`, { form });
}
