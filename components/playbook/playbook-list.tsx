import Link from 'next/link';
import { PHASE_WORDS, PHASES } from '@/lib/playbook/guides/guide';
import type { PlaybooksOut } from '@/lib/playbook/schema';
import { PageHeader } from '../shell/page-header';
import { ButtonLink } from '../ui/button';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { playbooksFirstLine, reviewWords } from './words';

const ABOUT = { find: 'what is missing', guard: 'what stops it', run: 'what is done when it happens' } as const;

/** The playbooks in their phases: how far each is, and its first gap. */
export function PlaybookList({ items }: PlaybooksOut) {
  return (
    <>
      <PageHeader
        trail={[{ label: 'Playbooks' }]}
        title={playbooksFirstLine(items)}
        actions={
          <>
            <ButtonLink small href="/playbooks/brief">
              Working brief
            </ButtonLink>
            <ButtonLink small href="/guides/templates">
              Templates
            </ButtonLink>
            <ButtonLink small href="/playbooks/audit">
              Implementation audit
            </ButtonLink>
          </>
        }
      />
      <div className="grid items-start gap-3 md:gap-4 lg:grid-cols-3">
        {PHASES.map((phase, index) => (
          <Panel key={phase} title={`${index + 1}. ${PHASE_WORDS[phase]}`} aside={ABOUT[phase]}>
            <ul>
              {items
                .filter((each) => each.phase === phase)
                .map((each) => (
                  <PlaybookLine key={each.slug} item={each} />
                ))}
            </ul>
          </Panel>
        ))}
      </div>
    </>
  );
}

function PlaybookLine({ item }: { item: PlaybooksOut['items'][number] }) {
  const { slug, title, question, done, steps, firstGap, review } = item;
  const isReady = done === steps;
  return (
    <li className="grid gap-1 border-line border-t px-3 py-3 first:border-t-0 md:px-4">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <Link href={`/playbooks/${slug}`} className="font-semibold text-accent-ink hover:underline">
          {title}
        </Link>
        <Status kind={isReady ? 'ok' : 'warn'}>{`${done} of ${steps}`}</Status>
      </span>
      <span className="text-12 text-ink-2">{question}</span>
      <ReadyBar done={done} steps={steps} />
      {firstGap === null ? null : <span className="text-12">Next: {firstGap}.</span>}
      <span className="text-12 text-ink-2">{reviewWords(review)}</span>
    </li>
  );
}

/** How much of a check list is done. */
export function ReadyBar({ done, steps }: { done: number; steps: number }) {
  return (
    <span aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full">
      {Array.from({ length: steps }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <span key={index} className={`flex-1 ${index < done ? 'bg-accent' : 'bg-sunken'}`} />
      ))}
    </span>
  );
}
