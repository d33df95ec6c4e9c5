import type { Metadata } from 'next';
import { Explore } from '@/components/spend/explore';
import { dearestOf } from '@/components/spend/finding';
import type { GivenAnswers } from '@/components/spend/use-answers';
import { explored, insideQuery, questionsOf } from '@/components/spend/view/question';
import { loadView } from '@/components/spend/view/state';
import { pageCaller } from '@/lib/auth/page';
import type { Context } from '@/lib/context';
import { env, publicUrl } from '@/lib/env';
import { booksOf } from '@/lib/insight/books';
import { freshnessOf } from '@/lib/insight/data/freshness';
import { sourcesOf } from '@/lib/insight/data/health';
import { firstCallCommand, silenceOf } from '@/lib/insight/data/words';
import { readSpend, type SpendAnswer } from '@/lib/insight/reads';
import { spendQuery } from '@/lib/insight/schema';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';

export const metadata: Metadata = { title: 'Spend' };

/** Explore: the answers that its address asks for come with the page. */
export default async function SpendPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { ctx } = await pageCaller('spend.read');
  const view = loadView(await searchParams);
  const [books, sources, freshness] = await Promise.all([
    booksOf(ctx.tx, ctx.orgId),
    sourcesOf(ctx.tx, ctx.orgId, ctx.now),
    freshnessOf(ctx),
  ]);
  const asked = explored(view, books.calendar, ctx.now);
  const queries = questionsOf(asked);
  const [main, before] = await Promise.all([given(ctx, queries.main), given(ctx, view.compare ? queries.before : null)]);
  const inside = await given(ctx, insideQuery(asked, main ? dearestOf(main.answer)?.key : undefined));
  const answers: GivenAnswers = { main, before, inside };
  return (
    <Explore
      calendar={books.calendar}
      labelTags={[...books.labelTags]}
      serverNow={toIso(ctx.now)}
      given={answers}
      silence={silenceOf(freshness, sources)}
      firstCall={freshness.state === 'none' ? firstCallCommand(publicUrl(env()), ctx.now) : null}
    />
  );
}

/** An answer as the API would give it; null where it would refuse, which the page then learns from the API itself. */
async function given(ctx: Context, query: string | null): Promise<{ query: string; answer: SpendAnswer } | null> {
  if (query === null) return null;
  try {
    return { query, answer: await readSpend(ctx, spendQuery.parse(Object.fromEntries(new URLSearchParams(query)))) };
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
