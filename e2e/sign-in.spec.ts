import { expectGood } from './axe';
import { expect, test } from './fixtures';
import { INIT } from './setup';

const { HARDSTOP_INIT_OWNER_EMAIL: EMAIL, HARDSTOP_INIT_OWNER_PASSWORD: PASSWORD } = INIT;

test('who is not signed in is asked to, and comes out where they were going', async ({ page }) => {
  await page.goto('/settings/keys?state=all');
  await expect(page).toHaveURL('/sign-in?to=%2Fsettings%2Fkeys%3Fstate%3Dall');
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password').fill('not the password at all');
  await page.getByLabel('Password').press('Enter');
  await expect(page.getByText('E-mail and password do not belong together.')).toBeVisible();
  await expect(page.getByText('Single sign-on')).toHaveCount(0);
  await expectGood(page);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Password').press('Enter');
  await expect(page).toHaveURL('/settings/keys?state=all');
  await expect(page.getByRole('table', { name: 'API keys' })).toBeVisible();
});

test('sign-in leads to no other site', async ({ page }) => {
  await page.goto('/sign-in?to=https%3A%2F%2Fevil.test%2F');
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/');
});

test('guessing is slowed down', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('guessed@acme.test');
  for (let attempt = 1; attempt <= 6; attempt++) {
    await page.getByLabel('Password').fill(`guess number ${attempt}`);
    const answered = page.waitForResponse(/callback\/credentials/);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await answered;
  }
  await expect(page.getByText('Too many attempts. Try again in 15 minutes.')).toBeVisible();
});

test('an invitation is taken up once', async ({ page, api }) => {
  const invited = await api.post('/api/v1/members', { data: { email: 'grace@acme.test', name: 'Grace', role: 'viewer' } });
  const { joinUrl } = (await invited.json()) as { joinUrl: string };
  await page.goto(joinUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/ invites you to its Hardstop\.$/);
  await page.getByLabel('Choose a password').fill('short');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('At least 12 characters.', { exact: true })).toBeVisible();
  await expectGood(page);
  await page.getByLabel('Choose a password').fill('amazing grace how sweet');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page).toHaveURL('/');

  await page.goto('/settings/keys');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keys are shown to admins only.');
  await page.goto('/settings');
  await expect(page.getByText('Admins change this. You see it as it is.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await page.goto(joinUrl);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link has been used, or is older than seven days.');
});

test('a form that is sent before its page is alive puts no password into an address', async ({ browser, api, baseURL }) => {
  const password = 'a nightingale sang here';
  const { joinUrl } = (await (
    await api.post('/api/v1/members', { data: { email: 'florence@acme.test', name: 'Florence', role: 'viewer' } })
  ).json()) as { joinUrl: string };
  const person = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await person.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.method() === 'GET' ? request.url() : ''));
  for (const [at, field, button] of [
    ['/sign-in', 'Password', 'Sign in'],
    [joinUrl, 'Choose a password', 'Join'],
  ] as const) {
    await page.goto(at);
    await page.getByLabel(field).fill(password);
    if (at === '/sign-in') await page.getByLabel('E-mail').fill('florence@acme.test');
    await page.getByRole('button', { name: button }).click();
    await page.waitForLoadState();
  }
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter((url) => decodeURIComponent(url).replaceAll('+', ' ').includes(password))).toEqual([]);
  expect(page.url()).not.toContain('nightingale');
  await person.close();
});
