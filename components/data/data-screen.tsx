'use client';

import { useDataHealth } from '@/lib/insight/data/client';
import type { DataHealth } from '@/lib/insight/data/reads';
import { formatDayTime } from '@/lib/kernel/format-time';
import { useLastProof } from '@/lib/spend/proof/client';
import type { ProofOut } from '@/lib/spend/proof/doors';
import { PageHeader } from '../shell/page-header';
import { FirstCallWords } from '../ui/first-call';
import { Panel } from '../ui/panel';
import { EmptyState, ErrorState } from '../ui/states';
import { firstLine } from './finding';
import { ProofPanel } from './proof-panel';
import { RejectedPanel } from './rejected-panel';
import { SecondSourcesPanel } from './second-sources-panel';
import { SourcesPanel } from './sources-panel';
import { UnpricedPanel } from './unpriced-panel';

type DataScreenProps = {
  health: DataHealth;
  proof: ProofOut | null;
  zone: string;
  serverNow: string;
  may: { price: boolean; prove: boolean };
  budgetNames: Record<string, string>;
  /** Sends the first call. */
  firstCall: string;
};

/** Whether the figures can be trusted, and what to do where they cannot. */
export function DataScreen({ health, proof, zone, serverNow, may, budgetNames, firstCall }: DataScreenProps) {
  const live = useDataHealth(health);
  const last = useLastProof(proof).data ?? null;
  const now = live.data ?? health;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Data' }]}
        note={`${formatDayTime(serverNow, zone, { year: true })} ${zone}`}
        title={firstLine(now, last ? last.differences.length : null, zone)}
      />
      <div className="grid gap-4">
        {live.error ? (
          <ErrorState
            onRetry={() => void live.refetch()}
            busy={live.isFetching}
            {...(live.error.requestId ? { reference: live.error.requestId } : {})}
          >
            {live.error.detail} What is shown was read before.
          </ErrorState>
        ) : null}
        {now.sources.length === 0 ? (
          <Panel>
            <EmptyState title="Send the first call" command={firstCall} commandLabel="Send one usage record">
              <FirstCallWords>Its source appears here.</FirstCallWords>
            </EmptyState>
          </Panel>
        ) : (
          <SourcesPanel sources={now.sources} zone={zone} serverNow={serverNow} />
        )}
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
          <div className="grid min-w-0 content-start gap-4">
            <UnpricedPanel
              groups={now.unpriced}
              isNew={now.sources.length === 0}
              zone={zone}
              mayPrice={may.price}
              budgetNames={budgetNames}
            />
            <RejectedPanel codes={now.rejectedCodes} isNew={now.sources.length === 0} zone={zone} />
          </div>
          <div className="grid min-w-0 content-start gap-4">
            <ProofPanel last={last} mayProve={may.prove} serverNow={serverNow} />
            <SecondSourcesPanel counts={now.counts} zone={zone} />
          </div>
        </div>
      </div>
    </>
  );
}
