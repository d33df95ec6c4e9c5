'use client';

import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { useProposeSplit } from '@/lib/value/client';
import type { SplitOut } from '@/lib/value/schema';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { sayDone } from '../ui/toast';
import { splitWords } from './words';

const STATUS = {
  advised: ['ok', 'advised'],
  no_saving: ['inconclusive', 'no saving'],
  worse: ['worse', 'worse'],
  too_few: ['inconclusive', 'too few'],
} as const;

/** Which calls could go to another model, by the evidence; what is advised can be proposed in one step. */
export function SplitsPanel({ splits, mayPropose }: { splits: SplitOut[]; mayPropose: boolean }) {
  return (
    <Panel title="Provider and model split" aside="advised on 200 outcomes of each, with a 95 % interval">
      {splits.length === 0 ? (
        <p className="px-3 py-3 text-12 text-ink-2 md:px-4">
          No feature has two models to compare. Route a small share of one to another model, send outcomes, and the comparison appears.
        </p>
      ) : (
        <ul>
          {splits.map((split) => (
            <SplitLine
              key={`${split.workload} ${split.feature} ${split.to.provider} ${split.to.model}`}
              split={split}
              mayPropose={mayPropose}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SplitLine({ split, mayPropose }: { split: SplitOut; mayPropose: boolean }) {
  const propose = useProposeSplit();
  const [kind, word] = STATUS[split.verdict];
  const { workload, feature, from, to, savingNanoUsd, share } = split;
  const send = () =>
    propose.mutate(
      { workload, feature, provider: from.provider, model: from.model, toProvider: to.provider, toModel: to.model },
      { onSuccess: () => sayDone('Proposed: the routing is prepared, and the budget’s owner is told.') },
    );
  return (
    <li className="grid gap-1 border-line border-t px-3 py-2.5 first:border-t-0 md:px-4">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <b className="font-medium [overflow-wrap:anywhere]">{`${workload}${feature === '' ? '' : `, ${feature}`}: ${from.model} → ${to.model}`}</b>
        <Status kind={kind}>{word}</Status>
      </span>
      <span className="text-12 text-ink-2">{splitWords(split)}</span>
      {split.verdict === 'advised' ? (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12">
          {`About ${formatMoney(savingNanoUsd ?? '0')} less in 30 days, for ${formatPercent(share, 0)} of its calls.`}
          {mayPropose ? (
            <Button small busy={propose.isPending} onClick={send}>
              Propose to the owner
            </Button>
          ) : null}
        </span>
      ) : null}
      <FormFault problem={propose.error} fields={[]} />
    </li>
  );
}
