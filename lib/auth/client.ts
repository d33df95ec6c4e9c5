'use client';

import { outcomeOf, type SignInOutcome } from './outcome';

/** next-auth asks every form for the token it hands out beforehand, with a cookie that must match. */
async function token(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { cache: 'no-store', credentials: 'same-origin' });
  return ((await response.json()) as { csrfToken: string }).csrfToken;
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await token(), callbackUrl: '/', json: 'true' });
  return fetch(path, { method: 'POST', body, credentials: 'same-origin' });
}

/** Signs in with e-mail and password; afterwards the browser has the session's cookie. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  try {
    const response = await post('/api/auth/callback/credentials', { email, password });
    const { url } = (await response.json()) as { url: string };
    const outcome = outcomeOf(new URL(url, window.location.href).searchParams.get('error'));
    return outcome === 'in' && !response.ok ? 'failed' : outcome;
  } catch {
    return 'failed';
  }
}

/** Leaves for the single sign-on provider; it leads back to a path of ours. */
export async function signInElsewhere(to: string): Promise<void> {
  const body = new URLSearchParams({ csrfToken: await token(), callbackUrl: to, json: 'true' });
  const response = await fetch('/api/auth/signin/oidc', { method: 'POST', body, credentials: 'same-origin' });
  window.location.assign(((await response.json()) as { url: string }).url);
}
