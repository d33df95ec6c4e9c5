'use client';

import Link from 'next/link';
import type { OverviewBudget, OverviewOut } from '@/lib/insight/overview/schema';
import { formatCount, formatMoney, formatMoneyRange, formatPercent, NBSP, NO_FIGURE } from '@/lib/kernel/format-money';
import { formatDay, formatExpectedDay, formatLength, momentMs } from '@/lib/kernel/format-time';
import { ExplainedFigure } from '../budget/explained-figure';
import { type TileProps, Tiles } from '../ui/panel';
import { Status } from '../ui/status';

const tile = (nano: string | bigint, sign?: 'estimate' | 'at_least') => formatMoney(nano, { style: 'tile', sign });

/** Four figures of one budget, and how many breaches are open of all. */
export function OverviewTiles({ budget, overview }: { budget: OverviewBudget; overview: OverviewOut }) {
  const { zone, now } = overview;
  return (
    <Tiles
      label={`Five figures, of ${budget.name}`}
      tiles={[spent(budget, zone), forecast(budget, zone), charged(budget, zone), runway(budget, zone, now), openBreaches(overview)]}
    />
  );
}

function spent(budget: OverviewBudget, zone: string): TileProps {
  const share = formatPercent(budget.utilisation);
  return {
    label: 'Spend so far',
    figure: <ExplainedFigure budgetId={budget.id} figure="actual" label="Spend so far" text={tile(budget.actualNanoUsd)} zone={zone} />,
    note: `${share} of ${tile(budget.amountNanoUsd)}${budget.pace === null ? '' : ` · pace ${budget.pace.toFixed(2)}`}`,
  };
}

function forecast(budget: OverviewBudget, zone: string): TileProps {
  const label = `Forecast, ${formatDay(new Date(momentMs(budget.endsAt) - 1).toISOString(), zone).replace(/^\S+\u00a0/, '')}`;
  if (budget.standing === 'stopped') return { label, figure: NO_FIGURE, note: 'nothing is expected while stopped' };
  const { forecast } = budget;
  if (forecast === null) return { label, figure: NO_FIGURE, note: 'needs an hour of spend' };
  const text = formatMoney(forecast.endNanoUsd, { style: 'estimate', sign: 'estimate' });
  if (forecast.lowNanoUsd !== null && forecast.highNanoUsd !== null)
    return { label, figure: text, note: `80${NBSP}% band ${formatMoneyRange(forecast.lowNanoUsd, forecast.highNanoUsd)}` };
  const over = BigInt(forecast.endNanoUsd) - BigInt(budget.amountNanoUsd);
  const against = formatMoney(over < 0n ? -over : over, { style: 'estimate' });
  return { label, figure: text, note: `run rate only · ${against} ${over > 0n ? 'over' : 'under'} the amount` };
}

function charged(budget: OverviewBudget, zone: string): TileProps {
  const unpriced = BigInt(budget.unpricedUpperNanoUsd) > 0n;
  const extra = [
    BigInt(budget.presumedNanoUsd) > 0n ? `+ ${tile(budget.presumedNanoUsd)} presumed` : '',
    unpriced ? `+ ${tile(budget.unpricedUpperNanoUsd, 'at_least')} unpriced` : '',
    BigInt(budget.heldNanoUsd) > 0n ? `${tile(budget.heldNanoUsd)} more set aside` : '',
  ].filter(Boolean);
  const text = tile(budget.chargedNanoUsd, unpriced ? 'at_least' : undefined);
  return {
    label: 'Charged',
    figure: <ExplainedFigure budgetId={budget.id} figure="charged" label="Charged" text={text} zone={zone} />,
    note: extra.length > 0 ? extra.join(', ') : 'all of it priced, nothing presumed',
  };
}

function runway(budget: OverviewBudget, zone: string, now: string): TileProps {
  const label = 'Runway';
  if (budget.stop) {
    const word = budget.stop.observed ? 'past its limit, observing' : 'stopped';
    return { label, figure: 'None', note: <Status kind={budget.stop.observed ? 'observes' : 'stopped'}>{word}</Status> };
  }
  if (budget.runwayAt === null) {
    const holds = budget.standing === 'early' ? 'too early to say' : `to the period’s end at least`;
    return { label, figure: budget.standing === 'early' ? NO_FIGURE : formatLength(momentMs(budget.endsAt) - momentMs(now)), note: holds };
  }
  const to = budget.mode === 'enforce' ? 'to the stop' : 'to the limit';
  const { forecast } = budget;
  return {
    label,
    figure: formatLength(momentMs(budget.runwayAt) - momentMs(now)),
    note: `${to}, ${formatExpectedDay(budget.runwayAt, zone, forecast?.earliestAt, forecast?.latestAt)}${forecast?.kind === 'run_rate' ? ' at the present rate' : ''}`,
  };
}

function openBreaches({ breaches, budgets }: OverviewOut): TileProps {
  const { open, unanswered, recovering } = breaches;
  const count = (many: number, word: string) => (open === 1 ? word : `${formatCount(many)} ${word}`);
  const stopped = budgets.filter((each) => each.standing === 'stopped').length;
  const status =
    unanswered > 0 ? (
      <Status kind="warn">{count(unanswered, 'unanswered')}</Status>
    ) : stopped > 0 ? (
      <Status kind="stopped">{count(stopped, 'stopped')}</Status>
    ) : recovering > 0 ? (
      <Status kind="live">{count(recovering, 'recovering')}</Status>
    ) : null;
  return {
    label: 'Open breaches',
    figure:
      open === 0 ? (
        formatCount(open)
      ) : (
        <Link href="/breaches" className="hover:underline">
          {formatCount(open)}
        </Link>
      ),
    note: status === null ? 'of all budgets' : <>{status} · all budgets</>,
  };
}
