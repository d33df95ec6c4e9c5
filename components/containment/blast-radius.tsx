'use client';

import type { ActionKind } from '@/lib/containment/schema';
import { useSpend } from '@/lib/insight/client';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { Dim } from '../ui/states';
import { type Draft, EMPTY, meetsQuery } from './switch-words';

type BlastRadiusProps = { kind: ActionKind; slug: string; draft: Draft; nowMs: number };

const customersIn = (groups: readonly { key: Record<string, string> }[]): number =>
  groups.filter(({ key }) => (key.customer ?? '') !== '').length;

/** Whom the switch would have met in the last hour, of all that the workload did. */
export function BlastRadius({ kind, slug, draft, nowMs }: BlastRadiusProps) {
  const met = useSpend(meetsQuery(kind, slug, draft, nowMs));
  const all = useSpend(meetsQuery('block', slug, EMPTY, nowMs));
  const figure = (value: string, of: string) => (
    <div className="bg-surface px-3 py-2">
      <div className="font-semibold text-15 tabular-nums">{value}</div>
      <div className="text-11 text-ink-2">{of}</div>
    </div>
  );
  return (
    <section className="grid gap-1">
      <h3 className="flex justify-between font-medium text-12 text-ink-2">
        Blast radius <span className="font-normal">last hour</span>
      </h3>
      {met.error ? <p className="text-12 text-warn">It could not be read: {met.error.detail}</p> : null}
      {met.data && all.data ? (
        <Dim loading={met.isPlaceholderData}>
          <div className="grid grid-cols-3 gap-px overflow-hidden rounded-2 border border-line bg-line">
            {figure(formatCount(met.data.total.calls), `of ${formatCount(all.data.total.calls)} calls`)}
            {figure(formatCount(customersIn(met.data.groups)), `of ${formatCount(customersIn(all.data.groups))} customers`)}
            {figure(
              formatMoney(met.data.total.actualNanoUsd, { style: 'tile' }),
              `of ${formatMoney(all.data.total.actualNanoUsd, { style: 'tile' })} spent`,
            )}
          </div>
        </Dim>
      ) : (
        <p className="text-12 text-ink-3">Reading the last hour…</p>
      )}
    </section>
  );
}
