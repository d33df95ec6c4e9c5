import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RIGHTS, type Right } from '@/lib/auth/rights';
import { SCOPES } from '@/lib/context';
import type { Door } from '@/lib/http/door';
import { type As, anOrg, type TestOrg, WHO } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { doors } from './doors';
import { EXAMPLES, NO_RESOURCE } from './testing/examples';

useDatabase();

const ALL = 'viewer analyst operator admin budget_owner escalation_owner';
const READING = `${ALL} read admin-key`;
const RULING = 'admin admin-key';

/** Who passes, written down a second time: a change of the table is a change of this. Duties stand on a viewer here. */
const PASSES: Record<Right, string> = {
  anyone: 'anyone',
  'me.read': `${ALL} usage:write spend:authorize gateway flags:read read admin-key`,
  'session.write': ALL,
  'notice.own': ALL,
  'member.own': ALL,
  'org.read': READING,
  'budget.read': READING,
  'playbook.read': READING,
  'workload.read': READING,
  'spend.read': READING,
  'data.read': READING,
  'price.read': READING,
  'stop.read': READING,
  'containment.read': READING,
  'breach.read': READING,
  'member.read': READING,
  'export.read': READING,
  'event.read': READING,
  'channel.read': READING,
  'provider.read': READING,
  'notice.read': READING,
  'budget.write': 'analyst admin admin-key',
  'threshold.write': 'admin budget_owner admin-key',
  'budget.mode': 'analyst admin budget_owner admin-key',
  'stop.write': 'operator admin budget_owner admin-key',
  'containment.write': 'operator admin budget_owner admin-key',
  'breach.answer': `${ALL} admin-key`,
  'policy.write': RULING,
  'grant.ask': 'operator admin budget_owner escalation_owner admin-key',
  'recovery.read': READING,
  'recovery.write': 'operator admin budget_owner admin-key',
  'recovery.note': 'operator admin budget_owner escalation_owner admin-key',
  'grant.approve': 'analyst admin budget_owner admin-key',
  'grant.end': 'analyst operator admin budget_owner escalation_owner admin-key',
  'kpi.write': 'analyst operator admin budget_owner admin-key',
  'playbook.write': 'analyst operator admin budget_owner escalation_owner admin-key',
  'workload.write': 'operator admin admin-key',
  'price.write': 'analyst admin admin-key',
  'usage.correct': 'analyst admin admin-key',
  'org.write': RULING,
  'member.write': RULING,
  'key.read': RULING,
  'key.write': RULING,
  'audit.read': RULING,
  'channel.write': RULING,
  'provider.write': RULING,
  'notice.write': 'operator admin admin-key',
  'sample.write': 'admin',
  'usage.write': 'usage:write',
  'spend.authorize': 'spend:authorize',
  'flag.read': 'flags:read',
  'gateway.call': 'gateway',
};

const CALLERS: As[] = [...WHO, ...SCOPES.filter((scope) => scope !== 'admin'), 'admin-key', null];

const nameOf = (door: Door) => `${door.method} ${door.path}`;
const passes = (door: Door, as: As) => PASSES[door.right] === 'anyone' || (as !== null && PASSES[door.right].split(' ').includes(as));
const namesIn = (door: Door) => [...door.path.matchAll(/\{(\w+)/g)].map(([, name]) => name as string);

let own: TestOrg;
let other: TestOrg;
beforeAll(async () => {
  [own, other] = await Promise.all([anOrg(), anOrg()]);
});

/** Asks as someone and closes the answer: some are streams without end. */
async function ask(org: TestOrg, door: Door, as: As, asked: Parameters<TestOrg['ask']>[2]): Promise<{ status: number; code: string }> {
  const response = await org.ask(door, as, asked);
  const isProblem = response.headers.get('content-type') === 'application/problem+json';
  const code = isProblem ? ((await response.json()) as { code: string }).code : '';
  if (!isProblem) await response.body?.cancel();
  return { status: response.status, code };
}

describe('the rights table', () => {
  it.each(doors.map((door) => [nameOf(door), door] as const))('holds for %s', async (_, door) => {
    expect(Object.keys(RIGHTS)).toContain(door.right);
    const params = Object.fromEntries(namesIn(door).map((name) => [name, 'not-there']));
    const said: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    const body = door.method === 'GET' || door.method === 'DELETE' ? undefined : {};
    for (const as of CALLERS) {
      const { status, code } = await ask(own, door, as, { params, body });
      const caller = as ?? 'nobody';
      const isRefused = status === 401 || code === 'right.missing';
      said[caller] = isRefused ? String(status) : status >= 500 ? `${status} ${code}` : 'passes';
      wanted[caller] = passes(door, as) ? 'passes' : as === null ? '401' : '403';
    }
    expect(said).toEqual(wanted);
  });

  it('has no row that no door asks for, and no door without a row', () => {
    expect(Object.keys(PASSES).sort()).toEqual(Object.keys(RIGHTS).sort());
  });
});

const ofResources = doors.filter((door) => namesIn(door).some((name) => !NO_RESOURCE.includes(name)));

describe("another organisation's", () => {
  const asWhom = (door: Door): As => (RIGHTS[door.right].roles.length > 0 ? 'admin' : (RIGHTS[door.right].scopes[0] ?? null));

  it.each(ofResources.map((door) => [nameOf(door), door] as const))('%s is not found', async (name, door) => {
    const example = EXAMPLES[name];
    if (!example) throw new Error(`${name}: give lib/api/testing/examples.ts a resource of this door's kind.`);
    const asked = await example(own);
    expect(await ask(other, door, asWhom(door), asked)).toMatchObject({ status: 404 });
    expect((await ask(own, door, asWhom(door), asked)).status).toBeLessThan(300);
  });
});

describe('the list of doors', () => {
  const ROOT = path.resolve(import.meta.dirname, '../../app/api');
  // next-auth answers the one by itself; the other says that there is no such address.
  const FOREIGN = ['auth/[...nextauth]/route.ts', '[...path]/route.ts'];
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('route.ts') && !FOREIGN.includes(file));
  const mounted = files.flatMap((file) => {
    const address = `/api/${file.replace(/\/?route\.ts$/, '')}`.replace(/\[\.\.\.(\w+)\]/g, '{$1...}').replace(/\[(\w+)\]/g, '{$1}');
    const methods = [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/export const (\w+) = mount\(/g)].map(([, method]) => method);
    return methods.map((method) => `${method} ${address}`);
  });

  it('is what app/api mounts, door by door', () => {
    expect(doors.map(nameOf).sort()).toEqual(mounted.sort());
  });

  it('names every door once', () => {
    expect(new Set(doors.map(nameOf)).size).toBe(doors.length);
  });
});
