'use client';

import { useMemo, useState } from 'react';
import { type Given, useSpend } from '@/lib/insight/client';
import type { SpendAnswer } from '@/lib/insight/reads';
import { dearestOf } from './finding';
import { type Explored, insideQuery, questionsOf } from './view/question';

/** Figures with the question they answer: they are only ever shown together. */
export type Shown = { answer: SpendAnswer; before: SpendAnswer | null; inside: SpendAnswer | undefined; asked: Explored; words: string };

/** Answers that came with the page. */
export type GivenAnswers = { main: Given<SpendAnswer> | null; before: Given<SpendAnswer> | null; inside: Given<SpendAnswer> | null };

/**
 * Asks what a view shows. Until a new answer is there, and where there is none, what was shown before stays.
 * @param words the range in words @param compare whether the range before is asked for too
 */
export function useAnswers(asked: Explored, words: string, compare: boolean, given: GivenAnswers) {
  const queries = questionsOf(asked);
  const main = useSpend(queries.main, given.main);
  const before = useSpend(compare ? queries.before : null, given.before);
  const fresh = main.isPlaceholderData ? undefined : main.data;
  const inside = useSpend(fresh ? insideQuery(asked, dearestOf(fresh)?.key) : null, given.inside);
  const old = compare && !before.isPlaceholderData ? (before.data ?? null) : null;
  const within = inside.isPlaceholderData ? undefined : inside.data;
  const now = useMemo<Shown | null>(
    () => (fresh ? { answer: fresh, before: old, inside: within, asked, words } : null),
    [fresh, old, within, asked, words],
  );
  const shown = useLast(now);
  const error = main.error ?? (compare ? before.error : null);
  const retry = () => void Promise.all([main.refetch(), compare ? before.refetch() : null]);
  return { shown, error, retry, isReading: main.isFetching || (compare && before.isFetching), isOld: now === null };
}

/** The last value that was not null. */
function useLast<Value>(value: Value | null): Value | null {
  const [last, keep] = useState(value);
  if (value !== null && value !== last) keep(value);
  return value ?? last;
}
