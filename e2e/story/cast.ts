import { type APIRequestContext, type Browser, expect } from '@playwright/test';
import { aMailbox, type Mail, type Mailbox } from '@/lib/notice/testing/mailbox';
import { type OwnApp, test as own } from '../fixtures';
import { INIT } from '../setup';
import { Programs } from './calls';
import { aWaker, type Waker } from './jobs';
import { invited, invitedOnScreen, type Person, theAdmin } from './people';
import { PRICES } from './sums';

/** Who is in the story, and what it plays on. */
export type Story = {
  app: OwnApp;
  mailbox: Mailbox;
  waker: Waker;
  programs: Programs;
  people: { owner: Person; finance: Person; escalation: Person; operator: Person };
};

type Fixtures = { mailbox: Mailbox };

/** A test with an app of its own that sends its mail to a real mail server on this machine. */
export const test = own.extend<Fixtures>({
  mailbox: async ({ browserName: _ }, use) => {
    const mailbox = await aMailbox();
    await use(mailbox);
    await mailbox.close();
  },
  ownVariables: async ({ mailbox }, use) => {
    await use({ ...INIT, SMTP_URL: mailbox.url });
  },
});

export const WORKLOAD = 'support-bot';
export const FALLBACK = 'The assistant is resting. Write to us, and a person answers.';

/** Mail to someone whose subject says this, as text; waits until it has come. */
export async function mailTo(mailbox: Mailbox, to: Person, subject: RegExp): Promise<string> {
  const found = () => mailbox.mails.find((mail) => mail.to.includes(to.email) && subject.test(subjectOf(mail)));
  await expect.poll(() => found() !== undefined, { message: `mail to ${to.name}: ${subject}`, intervals: [50] }).toBe(true);
  return textOf(found() as Mail);
}

/** The subjects of the mail that someone has got, in its order. */
export const mailOf = (mailbox: Mailbox, to: Person): string[] => mailbox.mails.filter((mail) => mail.to.includes(to.email)).map(subjectOf);

const subjectOf = ({ raw }: Mail): string => /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(raw)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';

/** Quoted-printable, as mail programs read it. */
const textOf = ({ raw }: Mail): string =>
  raw.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Everyone is there: the admin has invited the budget's owner on screen, the others came by the same door without one. */
export async function theCast(browser: Browser, app: OwnApp, mailbox: Mailbox): Promise<Story> {
  const { api, url: baseURL, folder } = app;
  const admin = await theAdmin(browser, baseURL);
  const owner = await invitedOnScreen(admin, browser, { baseURL, name: 'Bo', duty: 'Budget owner' });
  const [finance, escalation, operator] = await Promise.all([
    invited(api, browser, { baseURL, name: 'Fay', role: 'analyst' }),
    invited(api, browser, { baseURL, name: 'Eve', role: 'viewer', duties: ['escalation_owner'] }),
    invited(api, browser, { baseURL, name: 'Olu', role: 'operator' }),
  ]);
  await setting(api);
  const [waker, programs] = [await aWaker(folder), new Programs(api, WORKLOAD)];
  return { app, mailbox, waker, programs, people: { owner, finance, escalation, operator } };
}

/** What is so before the story begins: a critical workload, a contract's price, and a policy that climbs. */
async function setting(api: APIRequestContext): Promise<void> {
  const send = async (path: string, data: object) => {
    const response = await api.post(path, { data });
    expect(response.status(), await response.text()).toBe(201);
  };
  const fallback = { message: FALLBACK };
  await send('/api/v1/workloads', { slug: WORKLOAD, name: WORKLOAD, criticality: 'critical', fallback });
  const effectiveFrom = '2026-10-01T00:00:00Z';
  const prices = (['input', 'output'] as const).map((unit) => ({
    ...{ provider: 'openai', model: 'gpt-4o-mini', unit, effectiveFrom, source: 'contract' },
    nanoUsdPerMillion: String(PRICES['gpt-4o-mini'][unit]),
  }));
  await send('/api/v1/prices', { prices });
  await send('/api/v1/escalation-policies', {
    ...{ name: 'Nights', isDefault: true, repeats: 0, acknowledgeExpiresMinutes: 60 },
    steps: [
      { targets: ['budget_owner'], minutesToAcknowledge: 5 },
      { targets: ['escalation_owner'], minutesToAcknowledge: 10 },
    ],
  });
}

/** An answer of the API, which must be a good one. */
export async function read<Answer>(api: APIRequestContext, path: string): Promise<Answer> {
  const response = await api.get(`/api/v1${path}`);
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as Answer;
}
