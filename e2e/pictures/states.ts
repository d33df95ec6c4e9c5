import { type APIRequestContext, expect } from '@playwright/test';
import type { OwnApp } from '../fixtures';
import { FIRST_NOW, INIT } from '../setup';
import { BREACHED, CALM, type Company, usageOf } from './company';
import type { Shown } from './screens';

/** @param person a browser that is signed in as the admin, able to write */
export type State = {
  name: string;
  now: string;
  make(app: OwnApp, person: APIRequestContext): Promise<Omit<Shown, 'invitation' | 'breach' | 'link'>>;
};

const A_DAY_LATER = '2026-11-25T14:20:00Z';

/** Asks a door and takes its answer. */
async function ask<Answer>(api: APIRequestContext, method: 'get' | 'post' | 'patch', path: string, data?: unknown): Promise<Answer> {
  const answer = await api[method](path, data === undefined ? {} : { data });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Answer;
}

type Listed = { items: { id: string; name: string }[] };

const budgetNamed = async (person: APIRequestContext, name: string): Promise<string> => {
  const { items } = await ask<Listed>(person, 'get', '/api/v1/budgets?limit=50');
  const found = items.find((each) => each.name === name);
  expect(found, `a budget called ${name} among ${items.map((each) => each.name).join(', ')}`).toBeDefined();
  return (found as Listed['items'][number]).id;
};

/** A company that reports its calls and has budgets over them; what was spent before a budget was made counts in it. */
async function make({ api }: OwnApp, person: APIRequestContext, company: Company) {
  for (const records of usageOf(company, FIRST_NOW)) await ask(api, 'post', '/api/v1/usage', { records });
  for (const slug of company.critical) await ask(person, 'patch', `/api/v1/workloads/${slug}`, { criticality: 'critical' });
  for (const budget of company.budgets) await ask(person, 'post', '/api/v1/budgets', budget);
  for (const action of company.actions) await ask(person, 'post', '/api/v1/containment-actions', action);
  for (const records of usageOf(company, FIRST_NOW, 'after')) await ask(api, 'post', '/api/v1/usage', { records });
  return { budget: await budgetNamed(person, company.shows), workload: company.workloads[0]?.slug ?? null };
}

/** An organisation as its set-up leaves it. */
const empty: State = {
  name: 'empty',
  now: FIRST_NOW,
  make: async (_, person) => ({ budget: await budgetNamed(person, 'Everything'), workload: null }),
};

/** The sample workspace: months of usage, and a runaway that was stopped and resumed. */
const normal: State = {
  name: 'normal',
  now: FIRST_NOW,
  async make(_, person) {
    const { organisationId } = await ask<{ organisationId: string }>(person, 'post', '/api/v1/sample');
    await expect
      .poll(async () => (await ask<{ state: string }>(person, 'get', '/api/v1/sample')).state, { timeout: 300_000, intervals: [250] })
      .toBe('ready');
    await ask(person, 'post', '/api/v1/session/organisation', { organisationId });
    return { budget: await budgetNamed(person, 'Code review'), workload: 'code-review' };
  },
};

/** One budget is stopped, others have passed a level; a model has no price, a record was rejected, a name is long. */
const breached: State = { name: 'breached', now: FIRST_NOW, make: (app, person) => make(app, person, BREACHED) };

/** A calm company whose sources have been silent for more than a day. */
const stale: State = {
  name: 'stale',
  now: A_DAY_LATER,
  async make(app, person) {
    const shown = await make(app, person, CALM);
    app.moveClock(A_DAY_LATER);
    return shown;
  },
};

export const STATES: State[] = [empty, normal, breached, stale];

/** Makes the first organisation through its door, as the first form does. */
export const setUp = (person: APIRequestContext): Promise<unknown> =>
  ask(person, 'post', '/api/v1/setup', {
    organisation: { name: INIT.HARDSTOP_INIT_ORG },
    admin: { email: INIT.HARDSTOP_INIT_OWNER_EMAIL, name: 'Ada', password: INIT.HARDSTOP_INIT_OWNER_PASSWORD },
  });

/** The breach that was opened last, if there is one. */
export async function lastBreach(person: APIRequestContext): Promise<string | null> {
  const { items } = await ask<Listed>(person, 'get', '/api/v1/breaches');
  return items[0]?.id ?? null;
}

/** Invites someone, and says by which word they join. */
export async function invitation(person: APIRequestContext): Promise<string> {
  const someone = { email: 'grace@acme.test', name: 'Grace', role: 'viewer' };
  const { joinUrl } = await ask<{ joinUrl: string }>(person, 'post', '/api/v1/members', someone);
  return joinUrl.split('/').at(-1) ?? '';
}
