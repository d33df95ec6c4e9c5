import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { CHECKS } from './checks/all';
import type { Facts } from './checks/finding';
import { readFacts } from './facts';
import { GUIDES, guideOf } from './guides/all';
import type { Guide, GuideStep } from './guides/guide';
import { type ReviewRow, readDays, readReviews, readSaid, type SaidRow, todayOf } from './rows';
import type { PlaybookOut, PlaybooksOut, StepOut } from './schema';

/** A guide by its name. @throws Fault playbook.not_found */
export function requireGuide(slug: string): Guide {
  const guide = guideOf(slug);
  if (!guide) throw new Fault('playbook.not_found', 'There is no such playbook.');
  return guide;
}

/** How a step stands: by live facts where there are any, else by what a person said. */
export function stepView({ check, ...step }: GuideStep, facts: Facts, said: SaidRow | undefined): StepOut {
  const found = check ? CHECKS[check](facts) : null;
  const by = said ? { saidBy: said.saidBy, saidAt: toIso(said.saidAt) } : { saidBy: null, saidAt: null };
  const { evidence = null, risk = null, ownerId = null, ownerName = null, dueOn = null } = said ?? {};
  return {
    ...step,
    kind: found ? 'live' : 'hand',
    done: found ? found.done : (said?.done ?? false),
    say: found ? found.say : null,
    gaps: found?.gaps ?? [],
    ...{ evidence, risk, ownerId, ownerName, dueOn },
    ...by,
  };
}

/** Every step of a guide as it stands. */
export async function readSteps(ctx: Context, guide: Guide, facts: Facts): Promise<StepOut[]> {
  const said = await readSaid(ctx, guide.slug);
  return guide.steps.map((step) => stepView(step, facts, said.get(step.id)));
}

const doneOf = (steps: readonly StepOut[]): number => steps.filter((each) => each.done).length;

const reviewView = ({ reviewEveryDays }: Guide, row: ReviewRow | undefined, today: string): PlaybookOut['review'] => ({
  everyDays: reviewEveryDays,
  reviewedAt: row ? toIso(row.reviewedAt) : null,
  reviewedBy: row?.reviewedBy ?? null,
  dueOn: row?.dueOn ?? null,
  isDue: !row || row.dueOn <= today,
});

/**
 * One playbook: the guide, each step as it stands, how readiness went, and when it is due.
 * @param known the facts, where they have been read already · @throws Fault playbook.not_found
 */
export async function readPlaybook(ctx: Context, slug: string, known?: Facts): Promise<PlaybookOut> {
  const guide = requireGuide(slug);
  const [facts, reviews, history, today] = await Promise.all([
    known ?? readFacts(ctx),
    readReviews(ctx),
    readDays(ctx, slug),
    todayOf(ctx),
  ]);
  const steps = await readSteps(ctx, guide, facts);
  const { phase, title, question, answer, fastPath, next } = guide;
  return {
    ...{ slug, phase, title, question, answer, fastPath, steps, done: doneOf(steps), history },
    next: { slug: next, title: requireGuide(next).title },
    review: reviewView(guide, reviews.get(slug), today),
  };
}

/** Every playbook with how far it is. */
export async function listPlaybooks(ctx: Context): Promise<PlaybooksOut> {
  const [facts, reviews, today] = await Promise.all([readFacts(ctx), readReviews(ctx), todayOf(ctx)]);
  const items = await Promise.all(
    GUIDES.map(async (guide) => {
      const steps = await readSteps(ctx, guide, facts);
      const { slug, phase, title, question, answer } = guide;
      return {
        ...{ slug, phase, title, question, answer, done: doneOf(steps), steps: steps.length },
        firstGap: steps.find((each) => !each.done)?.title ?? null,
        review: reviewView(guide, reviews.get(slug), today),
      };
    }),
  );
  return { items };
}
