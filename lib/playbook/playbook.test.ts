import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { downloadGuideDoor, downloadPlaybookDoor, getPlaybookDoor, listPlaybooksDoor, reviewPlaybookDoor, tickStepDoor } from './doors';
import { GUIDES } from './guides/all';
import { keepPlaybooks, reviewPlaybook } from './review';
import type { PlaybookOut, PlaybooksOut } from './schema';
import { blank, markdownOf } from './text';

useDatabase();

const HARD_STOP = { params: { guide: 'budget-hard-stop' } };
const drill = { params: { guide: 'budget-hard-stop', step: 'drill' } };
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T;

it('a step that only a person can tell keeps who said so, when, with what evidence; what is live cannot be ticked', async () => {
  const org = await anOrg();
  const ownerId = org.members.analyst.actor.id;
  const said = { done: true, evidence: 'https://wiki.example.com/drill', risk: 'high', ownerId, dueOn: '2026-12-24' };
  const after = await json<PlaybookOut>(org.ask(tickStepDoor, 'operator', { ...drill, body: said }));
  const step = after.steps.find((each) => each.id === 'drill');
  expect(step).toMatchObject({
    ...said,
    kind: 'hand',
    saidBy: expect.any(String),
    saidAt: expect.any(String),
    ownerName: expect.any(String),
  });
  const untouched = await json<PlaybookOut>(org.ask(tickStepDoor, 'operator', { ...drill, body: { done: false } }));
  expect(untouched.steps.find((each) => each.id === 'drill')).toMatchObject({ ...said, done: false });
  expect(untouched.done).toBe(after.done - 1);
  const live = { params: { ...HARD_STOP.params, step: 'escalation' }, body: { done: true } };
  const refused = await org.ask(tickStepDoor, 'operator', live);
  expect([refused.status, await json(refused)]).toEqual([409, expect.objectContaining({ code: 'playbook.step_is_live' })]);
  expect((await org.ask(tickStepDoor, 'operator', { ...drill, body: { ownerId: 'mem_of_another' } })).status).toBe(422);
  expect((await org.ask(tickStepDoor, 'operator', { params: { ...drill.params, step: 'none' }, body: { done: true } })).status).toBe(404);
  const log = await reader().query(`SELECT FROM audit_entry WHERE org_id = $1 AND action = 'playbook.step_said'`, [org.orgId]);
  expect(log).toHaveLength(2);
});

it('readiness is kept by the day, and a review is due again after its time, said once', async () => {
  const org = await anOrg();
  const due = async () => (await json<PlaybookOut>(org.ask(getPlaybookDoor, 'viewer', HARD_STOP))).review;
  expect(await due()).toMatchObject({ reviewedAt: null, isDue: true, everyDays: 30 });
  await org.run((ctx) => reviewPlaybook(ctx, 'budget-hard-stop'), org.now, 'operator');
  const { items } = await json<PlaybooksOut>(org.ask(listPlaybooksDoor, 'viewer'));
  expect(items.map(({ slug, phase }) => [slug, phase])).toEqual(GUIDES.map(({ slug, phase }) => [slug, phase]));
  expect(items.every((each) => each.firstGap !== null && each.done < each.steps)).toBe(true);
  expect(await org.run((ctx) => keepPlaybooks(ctx), plus(org.now, days(29)))).toBe(0);
  expect(await org.run((ctx) => keepPlaybooks(ctx), plus(org.now, days(31)))).toBe(1);
  expect(await org.run((ctx) => keepPlaybooks(ctx), plus(org.now, days(32)))).toBe(0);
  const [notice] = await reader().query<{ member: string; link: string }>(
    `SELECT member_id AS member, link FROM notice WHERE org_id = $1 AND kind = 'playbook.due' AND via = 'app'`,
    [org.orgId],
  );
  expect(notice).toEqual({ member: org.members.operator.actor.id, link: '/playbooks/budget-hard-stop' });
  const { history } = await json<PlaybookOut>(org.ask(getPlaybookDoor, 'viewer', HARD_STOP));
  expect(history.map((each) => each.day)).toEqual([0, 29, 31, 32].map((later) => toIso(plus(org.now, days(later))).slice(0, 10)));
});

it('whoever only reads can neither tick nor review', async () => {
  const org = await anOrg();
  expect((await org.ask(tickStepDoor, 'viewer', { ...drill, body: { done: true } })).status).toBe(403);
  expect((await org.ask(reviewPlaybookDoor, 'viewer', HARD_STOP)).status).toBe(403);
});

it('the check list is a file, of an organisation and of nobody', async () => {
  const org = await anOrg();
  const playbook = await json<PlaybookOut>(org.ask(getPlaybookDoor, 'viewer', HARD_STOP));
  const own = await org.ask(downloadPlaybookDoor, 'viewer', HARD_STOP);
  expect(own.headers.get('content-disposition')).toBe('attachment; filename="budget-hard-stop.md"');
  expect(await own.text()).toBe(markdownOf(playbook));
  const csv = await (await org.ask(downloadPlaybookDoor, 'viewer', { ...HARD_STOP, query: { format: 'csv' } })).text();
  expect(csv.split('\n')[0]).toBe('step,title,done,told_by,state,why,how,risk,owner,due,evidence');
  expect(csv.match(/live state/g)).toHaveLength(playbook.steps.filter((each) => each.kind === 'live').length);
  const empty = await (await org.ask(downloadGuideDoor, null, HARD_STOP)).text();
  expect(empty).toBe(markdownOf(blank(GUIDES.find((each) => each.slug === 'budget-hard-stop') as (typeof GUIDES)[number])));
  expect(empty).not.toContain('[x]');
  expect((await org.ask(downloadGuideDoor, null, { params: { guide: 'none' } })).status).toBe(404);
});

it.each(GUIDES.map((guide) => [guide.slug, guide] as const))('%s is whole: its steps are told apart, and it leads on', (_, guide) => {
  expect(new Set(guide.steps.map((each) => each.id)).size).toBe(guide.steps.length);
  expect(GUIDES.some((each) => each.slug === guide.next && each !== guide)).toBe(true);
  for (const text of [guide.answer, ...guide.steps.flatMap((each) => [each.why, each.how])]) expect(text).toMatch(/[.?!]$/);
});
