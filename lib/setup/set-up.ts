import { hashPassword } from '@/lib/auth/password';
import { makeStandingBudgets } from '@/lib/budget/make-standing';
import { type Caller, type Context, SCOPES } from '@/lib/context';
import { env } from '@/lib/env';
import { attempt } from '@/lib/http/attempt';
import { Fault } from '@/lib/kernel/fault';
import { makeKey } from '@/lib/org/key/make';
import { makeOrganisation } from '@/lib/org/make';
import { memberFrom, readMember } from '@/lib/org/member/reads';
import { isSetUp, organisationFrom, readOrganisation } from '@/lib/org/reads';
import { setRate } from '@/lib/org/set-rate';
import type { SetUp, SetUpIn } from './schema';

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

/**
 * Makes the first organisation with its admin and the two budgets that it always has; two forms sent at once make one.
 * @param secret a first API key with all scopes, from the environment · @throws Fault setup.done · setup.rate_missing
 */
export async function setUp(caller: Caller, input: SetUpIn, secret?: string): Promise<SetUp> {
  const { currency } = input.organisation;
  if (currency !== 'USD' && input.usdPerUnit === undefined) {
    const detail = `Say how many US dollars one ${currency} is: amounts are turned into dollars by it.`;
    throw new Fault('setup.rate_missing', detail, { errors: [{ pointer: '/usdPerUnit', code: 'field.required', detail }] });
  }
  if (await isSetUp()) throw alreadyDone();
  const passwordHash = await hashPassword(input.admin.password);
  return attempt(caller, async (outer) => {
    await outer.tx.query(LOCK, ['hardstop set-up']);
    if ((await outer.tx.query('SELECT 1 FROM organisation LIMIT 1')).length > 0) throw alreadyDone();
    const { email, name } = input.admin;
    const ctx = await makeOrganisation(
      outer.tx,
      { ...input.organisation, admin: { email, name, passwordHash } },
      outer.now,
      caller.requestId,
    );
    if (currency !== 'USD' && input.usdPerUnit !== undefined) await setRate(ctx, currency, input.usdPerUnit, null);
    await makeStandingBudgets(ctx, { ...input.budgets, currency });
    if (secret !== undefined) await makeKey(ctx, { name: 'First key', scopes: [...SCOPES], pins: {} }, secret);
    return whatWasMade(ctx);
  });
}

const alreadyDone = () => new Fault('setup.done', 'This Hardstop has been set up. Ask an admin for an invitation.');

async function whatWasMade(ctx: Context): Promise<SetUp> {
  const organisation = organisationFrom(await readOrganisation(ctx));
  return { organisation, member: memberFrom(await readMember(ctx, ctx.actor.id)) };
}

/**
 * Sets up from HARDSTOP_INIT_* where they are set and nothing has been made yet: at every start, without a form.
 * @returns the organisation's name when it was made now, else null
 */
export async function setUpFromEnv(): Promise<string | null> {
  const {
    HARDSTOP_INIT_ORG: name,
    HARDSTOP_INIT_OWNER_EMAIL: owner,
    HARDSTOP_INIT_OWNER_PASSWORD: password,
    HARDSTOP_INIT_API_KEY: key,
  } = env();
  if (name === undefined || owner === undefined || password === undefined || key === undefined || (await isSetUp())) return null;
  const email = owner.toLowerCase();
  const caller: Caller = { actor: { kind: 'system', id: 'start', name: 'The start script' }, orgId: '', requestId: 'start' };
  const organisation = { name, zone: 'UTC', weekStart: 1, fiscalYearStart: 1, currency: 'USD' };
  const admin = { email, name: email.split('@')[0] ?? email, password };
  const budgets = { everything: '1000.00', unassigned: '100.00' };
  return setUp(caller, { organisation, admin, budgets }, key).then(
    () => name,
    (error: unknown) => {
      // Another process of the same start was first.
      if (error instanceof Fault && error.code === 'setup.done') return null;
      throw error;
    },
  );
}
