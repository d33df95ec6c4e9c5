'use client';

import { useQueryState } from 'nuqs';
import type { BurnUpOut } from '@/lib/budget/burn-up/schema';
import { useBurnUp } from '@/lib/budget/client';
import { sourceName } from '@/lib/insight/data/words';
import { burnUpFinding } from '../chart/burn-up/finding';
import { BurnUpChart } from '../chart/lazy';
import { Banner, EmptyState, Skeleton } from '../ui/states';

type BurnUpPanelProps = {
  budgetId: string;
  name: string;
  stopId: string | null;
  /** What the server rendered; of another budget it is not used. */
  initial: { budgetId: string; burnUp: BurnUpOut } | null;
};

/** The picture of one budget's period with its table in the URL; the old picture stays while another is read. */
export function BurnUpPanel({ budgetId, name, stopId, initial }: BurnUpPanelProps) {
  const [view, setView] = useQueryState('view', { history: 'replace' });
  const query = useBurnUp(budgetId, stopId, initial?.budgetId === budgetId ? initial.burnUp : undefined);
  const burnUp = query.data;
  if (!burnUp)
    return query.error ? (
      <p className="p-4 text-ink-2">{query.error.detail}</p>
    ) : (
      <div className="p-4">
        <Skeleton height={360} label="Reading the burn-up" />
      </div>
    );
  if (burnUp.points.every((point) => point.actualNanoUsd === '0'))
    return (
      <EmptyState title={`${name} has no spend with a known cost in this period.`}>
        Its picture begins with the first call that it covers.
      </EmptyState>
    );
  // A stretch missing within the period is bracketed in the picture; only one that reaches now makes it stale.
  const gap = burnUp.gaps.find((each) => each.from === burnUp.silentSince);
  return (
    <>
      {gap ? (
        <Banner kind="warn" word="stale" flush>
          Nothing has come by {sourceName(gap.source)} since the figures end. What is missing is a gap, not zero.
        </Banner>
      ) : null}
      <BurnUpChart
        burnUp={{
          ...burnUp,
          gaps: burnUp.gaps.map((each) => ({ ...each, source: sourceName(each.source) })),
          title: burnUpFinding(burnUp, burnUp.stoppedAt),
        }}
        loading={query.isPlaceholderData}
        showTable={view === 'table'}
        onShowTable={(shown) => void setView(shown ? 'table' : null)}
        {...(query.error && {
          error: {
            text: query.error.detail,
            onRetry: () => void query.refetch(),
            ...(query.error.requestId && { reference: query.error.requestId }),
          },
        })}
      />
    </>
  );
}
