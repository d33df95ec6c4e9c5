import { expectGood } from './axe';
import { expect, test } from './fixtures';

test('who asks for help is handed a mail with everything filled in, where the server sends none', async ({ page }) => {
  await page.goto('/guides');
  await page.getByRole('link', { name: 'Ask people' }).click();
  await page.getByRole('radio', { name: /An implementation audit/ }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Enter an e-mail address, such as ada@example.com.')).toBeVisible();
  // The first field at fault has the focus: what is typed before that goes elsewhere.
  await expect(page.getByLabel('Your name')).toBeFocused();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Your e-mail address').fill('ada@acme.test');
  await page.getByLabel('What you would like to know').fill('Where would you begin?');
  await expectGood(page);
  await page.getByRole('button', { name: 'Send' }).click();
  const mail = page.getByRole('link', { name: 'Open the mail' });
  await expect(mail).toHaveAttribute(
    'href',
    /^mailto:\?subject=Please%20audit%20our%20AI%20implementation&body=Where%20would%20you%20begin/,
  );
  await expectGood(page);
});

test('the templates are for anyone, and one a week may be asked for', async ({ page }) => {
  await page.goto('/guides/templates');
  await expectGood(page);
  await page.getByLabel('Your e-mail address').fill('ada@acme.test');
  await page.getByRole('button', { name: 'Send me one a week' }).click();
  await expect(page.getByRole('link', { name: 'Open the mail' })).toBeVisible();
  await page.getByRole('link', { name: 'Script of a hard-stop drill' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Script of a hard-stop drill');
  await expectGood(page);
  await page.goto('/guides/templates/confirm?token=nothing.of.ours');
  await page.getByRole('button', { name: 'Yes, send me one a week' }).click();
  await expect(page.getByText('This link opens nothing any more. Ask for the templates again.')).toBeVisible();
  await expectGood(page);
});
