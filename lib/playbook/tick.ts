import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { requireMember } from '@/lib/org/member/require';
import type { Facts } from './checks/finding';
import { readFacts } from './facts';
import { readPlaybook, readSteps, requireGuide } from './read';
import { keepDay, readSaid, writeSaid } from './rows';
import type { PlaybookOut, StepChange } from './schema';

const NOTHING = { done: false, evidence: null, risk: null, ownerId: null, dueOn: null };

/**
 * Says what only a person can say of a step: that it is done, with what shows it; who closes it, by when, and how much hangs on it.
 * @throws Fault playbook.not_found · playbook.step_is_live where the product itself tells whether it is done · member.not_found
 */
export async function tickStep(
  ctx: Context,
  { slug, step: id, change }: { slug: string; step: string; change: StepChange },
): Promise<PlaybookOut> {
  const guide = requireGuide(slug);
  const step = guide.steps.find((each) => each.id === id);
  if (!step) throw new Fault('playbook.not_found', 'There is no such step.');
  if (step.check && change.done !== undefined) {
    const detail = 'This step is ticked by what is so. Close its gaps, and it ticks itself.';
    throw new Fault('playbook.step_is_live', detail, { errors: [{ pointer: '/done', code: 'playbook.step_is_live', detail }] });
  }
  await requireMember(ctx, change.ownerId ?? null);
  const { done, evidence, risk, ownerId, dueOn } = (await readSaid(ctx, slug, true)).get(id) ?? NOTHING;
  const before = { done, evidence, risk, ownerId, dueOn };
  const after = { ...before, ...change };
  await writeSaid(ctx, slug, id, after);
  await audit(ctx, 'playbook.step_said', { kind: 'playbook', id: slug }, { step: id, ...before }, { step: id, ...after });
  return keepAndRead(ctx, slug);
}

/** A playbook after a change: how far it is on this day is kept, and part of the answer. */
export async function keepAndRead(ctx: Context, slug: string): Promise<PlaybookOut> {
  const facts = await readFacts(ctx);
  await keepReadiness(ctx, slug, facts);
  return readPlaybook(ctx, slug, facts);
}

/** Keeps how far a guide is on this day. */
export async function keepReadiness(ctx: Context, slug: string, facts: Facts): Promise<void> {
  const steps = await readSteps(ctx, requireGuide(slug), facts);
  await keepDay(ctx, slug, steps.filter((each) => each.done).length, steps.length);
}
