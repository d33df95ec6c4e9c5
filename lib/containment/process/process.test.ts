import { afterEach, expect, it } from 'vitest';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { minutes, plus, seconds } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { contain } from '@/lib/testing/containment';
import { useDatabase } from '@/scripts/testing/database';
import { readAction } from '../reads';
import { beginDeciding } from './begin';
import { beSeen, confirmActions, enter, forgetProcesses, leave } from './confirm';

useDatabase();
afterEach(() => reader().query('DELETE FROM process'));

const stateOf = async (org: TestOrg, id: string, later = 0) => {
  const { state, confirmedBy } = await readAction(org.ctx(plus(await readClock(reader()), seconds(later))), id);
  return { state, ...confirmedBy };
};

it('an action is in force once every process that decides has taken it up', async () => {
  const org = await anOrg();
  const [front, web] = [await enter('front'), await enter('web')];
  const { id } = await contain(org, {}, await readClock(reader()));
  expect(await stateOf(org, id)).toMatchObject({ state: 'taking_hold', confirmed: 0, of: 2, seconds: null });
  await confirmActions(front);
  expect(await stateOf(org, id)).toMatchObject({ state: 'taking_hold', confirmed: 1, of: 2 });
  await confirmActions(web, org.orgId);
  expect(await stateOf(org, id)).toMatchObject({ state: 'in_force', confirmed: 2, of: 2, seconds: expect.any(Number) });
});

it('a process that hangs lets it fail to take hold, and one that is gone does not', async () => {
  const org = await anOrg();
  const [front, web] = [await enter('front'), await enter('web')];
  const { id } = await contain(org, {}, await readClock(reader()));
  await confirmActions(front);
  expect(await stateOf(org, id, 5)).toMatchObject({ state: 'taking_hold', confirmed: 1, of: 2 });
  // Both were seen a moment ago; of the two one says no more.
  await reader().query(`UPDATE process SET seen_at = seen_at + interval '11 seconds'`);
  expect(await stateOf(org, id, 11)).toMatchObject({ state: 'failed', confirmed: 1, of: 2 });
  await leave(web);
  expect(await stateOf(org, id, 11)).toMatchObject({ state: 'in_force', confirmed: 1, of: 1 });
});

it('a process that begins later goes by it from its first decision', async () => {
  const org = await anOrg();
  const { id } = await contain(org, {}, await readClock(reader()));
  const late = await enter('front');
  expect(await stateOf(org, id)).toMatchObject({ state: 'in_force', confirmed: 1, of: 1, seconds: null });
  // One that has not been seen for six seconds decides nothing any more.
  expect(await stateOf(org, id, 7)).toMatchObject({ confirmed: 0, of: 0 });
  await beSeen(late);
  expect(await stateOf(org, id)).toMatchObject({ of: 1 });
  await forgetProcesses(plus(await readClock(reader()), minutes(61)));
  expect(await stateOf(org, id)).toMatchObject({ of: 0 });
});

it('it is confirmed within a second, by whoever hears of it', async () => {
  const org = await anOrg();
  const errors: unknown[] = [];
  const deciding = [beginDeciding('front', (error) => errors.push(error)), beginDeciding('web', (error) => errors.push(error))];
  await expect.poll(async () => (await reader().query('SELECT FROM process')).length, { timeout: 5_000 }).toBe(2);
  const { id } = await contain(org, {}, await readClock(reader()));
  await expect.poll(() => stateOf(org, id), { timeout: 5_000 }).toMatchObject({ state: 'in_force', confirmed: 2, of: 2 });
  expect((await stateOf(org, id)).seconds).toBeLessThan(1);
  for (const each of deciding) await each.stop();
  expect(await reader().query('SELECT FROM process')).toEqual([]);
  expect(errors).toEqual([]);
});
