'use client';

import { useAdopt } from '@/lib/insight/overview/client';
import type { AttentionItem } from '@/lib/insight/overview/schema';
import { Button, ButtonLink } from '../ui/button';
import { Icon, type IconName } from '../ui/icon';
import { Panel } from '../ui/panel';
import { TONE_TEXT, type Tone } from '../ui/status';
import { sayDone, sayFailed } from '../ui/toast';

const LOOKS: Record<AttentionItem['kind'], [IconName, Tone]> = {
  unanswered: ['breach', 'stop'],
  stopped: ['stopped', 'stop'],
  held: ['held', 'warn'],
  would_stop: ['watch', 'warn'],
  prepared: ['prepared', 'contained'],
  due: ['warn', 'warn'],
  unsigned: ['pencil', 'info'],
  undelivered: ['bell', 'warn'],
  stale: ['inconclusive', 'warn'],
  unpriced: ['inconclusive', 'neutral'],
  observes_only: ['watch', 'warn'],
  unadopted: ['workload', 'info'],
};

/** What needs a person, soonest harm first, one act a line. @param mayAdopt whether this person may take workloads on */
export function Attention({ items, mayAdopt }: { items: AttentionItem[]; mayAdopt: boolean }) {
  return (
    <Panel title="Needs attention" aside={items.length === 0 ? 'nothing now' : `${items.length}, soonest harm first`}>
      {items.length === 0 ? (
        <p className="px-3 py-4 text-ink-2 md:px-4">Nothing needs you. Breaches, silent sources and calls without a price appear here.</p>
      ) : (
        <ul>
          {items.map((item, index) => (
            <Line key={item.key} item={item} mayAdopt={mayAdopt} isFirst={index === 0} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Line({ item, mayAdopt, isFirst }: { item: AttentionItem; mayAdopt: boolean; isFirst: boolean }) {
  const [icon, tone] = LOOKS[item.kind];
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2 border-line border-t px-3 py-2.5 first:border-t-0 max-sm:grid-cols-[16px_minmax(0,1fr)] md:pl-4">
      <Icon name={icon} className={`mt-0.5 ${TONE_TEXT[tone]}`} />
      <p className="min-w-0">
        <b className={TONE_TEXT[tone]}>{item.word}</b> <span className="font-medium [overflow-wrap:anywhere]">{item.subject}</span>
        <span className="block text-pretty text-12 text-ink-2">{item.sentence}</span>
      </p>
      <span className="max-sm:col-start-2 max-sm:mt-1.5">
        {item.adopt !== null && mayAdopt ? (
          <Adopt slug={item.adopt} />
        ) : (
          <ButtonLink small kind={isFirst && item.kind !== 'unpriced' ? 'primary' : 'plain'} href={item.act.href}>
            {item.act.label}
            <span className="sr-only"> {item.subject}</span>
          </ButtonLink>
        )}
      </span>
    </li>
  );
}

function Adopt({ slug }: { slug: string }) {
  const adopt = useAdopt(slug);
  const take = () =>
    adopt.mutate(undefined, {
      onSuccess: () => sayDone(`${slug} is taken on: give it an owner and a budget.`),
      onError: (problem) => sayFailed(problem.detail),
    });
  return (
    <Button small busy={adopt.isPending} onClick={take}>
      Adopt<span className="sr-only"> {slug}</span>
    </Button>
  );
}
