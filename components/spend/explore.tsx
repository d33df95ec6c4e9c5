'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { formatDayRange, formatDayTime } from '@/lib/kernel/format-time';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';
import { PageHeader } from '../shell/page-header';
import { Button, ButtonLink } from '../ui/button';
import { FirstCallWords } from '../ui/first-call';
import { Panel } from '../ui/panel';
import { Banner, EmptyState, ErrorState } from '../ui/states';
import { CopyLink } from './copy-link';
import { FilterBar } from './filter-bar';
import { firstLine, isEmpty, rangeWords } from './finding';
import { GroupControls } from './group-controls';
import type { Silence } from './over-time';
import { RangeControls } from './range-controls';
import { Results } from './results';
import { type GivenAnswers, useAnswers } from './use-answers';
import { exploreHref } from './view/addresses';
import { explored, questionsOf } from './view/question';
import type { SetView } from './view/set-view';
import { VIEW } from './view/state';
import { dimensionsWith } from './view/words';

type ExploreProps = {
  calendar: Calendar;
  labelTags: string[];
  serverNow: string;
  given: GivenAnswers;
  /** A source that is overdue; null while all are fresh. */
  silence: Silence;
  /** Sends the first call; null once one has come. */
  firstCall: string | null;
};

/** Where the money goes: the address is the state, the figures are the API's, chart and table are of one answer. */
export function Explore({ calendar, labelTags, serverNow, given, silence, firstCall }: ExploreProps) {
  const [view, setParts] = useQueryStates(VIEW, { history: 'push' });
  const setView = useCallback<SetView>((part) => void setParts(part), [setParts]);
  const dimensions = useMemo(() => dimensionsWith(labelTags), [labelTags]);
  const now = parseInstant(serverNow) as Instant;
  const asked = useMemo(() => explored(view, calendar, now), [view, calendar, now]);
  const { shown, error, retry, isReading, isOld } = useAnswers(asked, rangeWords(view, asked, calendar.zone), view.compare, given);
  const { range } = asked;
  const title = firstCall
    ? 'No spend yet: no call has come in.'
    : shown
      ? firstLine(shown.answer, shown.asked, shown.words, shown.inside)
      : 'Where the money goes could not be read.';
  return (
    <>
      <PageHeader
        trail={[{ label: 'Spend' }]}
        note={`${formatDayTime(serverNow, calendar.zone, { year: true })} ${calendar.zone}`}
        title={title}
        actions={
          firstCall ? undefined : (
            <>
              <ButtonLink small href="/spend/value">
                Value
              </ButtonLink>
              <CopyLink href={exploreHref(view)} />
              <ButtonLink small icon="download" prefetch={false} href={`/api/v1/spend.csv?${questionsOf(asked).main}`}>
                Export CSV
              </ButtonLink>
            </>
          )
        }
      />
      {firstCall ? (
        <Panel>
          <EmptyState title="Send the first call" command={firstCall} commandLabel="Send one usage record">
            <FirstCallWords>The figures appear here at once.</FirstCallWords>
          </EmptyState>
        </Panel>
      ) : (
        <div className="grid gap-4">
          {silence ? (
            <Banner
              kind="warn"
              word="stale"
              action={
                <ButtonLink small href="/data">
                  Look at Data
                </ButtonLink>
              }
            >
              No data from {silence.source} since {formatDayTime(silence.since, calendar.zone, { named: true })}. What it has not sent is in
              no figure here.
            </Banner>
          ) : null}
          <div className="grid gap-3">
            <div className="flex flex-wrap gap-x-3 gap-y-2">
              <RangeControls view={view} asked={asked} calendar={calendar} setView={setView} />
              <GroupControls view={view} dimensions={dimensions} setView={setView} />
            </div>
            <FilterBar asked={asked} dimensions={dimensions} setView={setView} />
          </div>
          {shown === null ? (
            <Panel>
              {error ? (
                <ErrorState onRetry={retry} busy={isReading} {...(error.requestId ? { reference: error.requestId } : {})}>
                  {error.detail}
                </ErrorState>
              ) : null}
            </Panel>
          ) : isEmpty(shown.answer) && !isOld && !error ? (
            <Panel>
              <EmptyState
                title={`No call was booked ${shown.words}${asked.where.length > 0 ? ' that these filters let through' : ''}.`}
                action={
                  asked.where.length > 0 ? (
                    <Button onClick={() => setView({ where: null })}>Clear filters</Button>
                  ) : (
                    <Button onClick={() => setView({ range: 'last_30_days', first: null, last: null })}>Show the last 30 days</Button>
                  )
                }
              >
                <p>
                  {formatDayRange(range.from, range.to, calendar.zone)}, {calendar.zone}.
                </p>
              </EmptyState>
            </Panel>
          ) : (
            <Results
              {...{ view, shown, calendar, now, silence, setView }}
              isLoading={isOld && isReading}
              {...(error ? { error: { text: error.detail, reference: error.requestId, onRetry: retry } } : {})}
            />
          )}
        </div>
      )}
    </>
  );
}
