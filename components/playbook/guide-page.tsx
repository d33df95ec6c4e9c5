import Link from 'next/link';
import { GUIDES } from '@/lib/playbook/guides/all';
import { type Guide, PHASE_WORDS, PHASES } from '@/lib/playbook/guides/guide';
import { blank, markdownOf } from '@/lib/playbook/text';
import { PageHeader } from '../shell/page-header';
import { Panel } from '../ui/panel';
import { AnswerPanel } from './answer-panel';
import { GuideFrame } from './guide-frame';
import { StepItem } from './step-item';
import { Toolkit } from './toolkit';

/** A guide for anyone: the answer, the fast path, and the check list with nothing ticked. */
export function GuidePage({ guide }: { guide: Guide }) {
  const list = blank(guide);
  const next = GUIDES.find((each) => each.slug === guide.next);
  return (
    <GuideFrame>
      <PageHeader
        trail={[{ label: 'Guides', href: '/guides' }, { label: PHASE_WORDS[guide.phase] }]}
        title={guide.title}
        actions={<Toolkit markdown={markdownOf(list)} slug={guide.slug} files={`/api/v1/guides/${guide.slug}/check-list`} />}
      />
      <div className="grid gap-4">
        <AnswerPanel {...guide} />
        <Panel title="Check list" aside={`${list.steps.length} steps`}>
          <ul>
            {list.steps.map((step) => (
              <StepItem key={step.id} step={step} />
            ))}
          </ul>
        </Panel>
        {next ? (
          <p className="print:hidden">
            After this one:{' '}
            <Link href={`/guides/${next.slug}`} className="text-accent-ink underline underline-offset-2">
              {next.title}
            </Link>
          </p>
        ) : null}
      </div>
    </GuideFrame>
  );
}

/** All guides, in their phases. */
export function GuideIndex() {
  return (
    <GuideFrame>
      <PageHeader trail={[{ label: 'Guides' }]} title="Find the gaps, guard the spend, and know what to do when it happens." />
      <div className="grid gap-4">
        {PHASES.map((phase, index) => (
          <Panel key={phase} title={`${index + 1}. ${PHASE_WORDS[phase]}`}>
            <ul>
              {GUIDES.filter((each) => each.phase === phase).map((each) => (
                <li key={each.slug} className="grid gap-1 border-line border-t px-3 py-3 first:border-t-0 md:px-4">
                  <Link href={`/guides/${each.slug}`} className="font-semibold text-accent-ink hover:underline">
                    {each.title}
                  </Link>
                  <span className="text-ink-2">{each.question}</span>
                </li>
              ))}
            </ul>
          </Panel>
        ))}
        <Panel title="Templates and help">
          <ul>
            <li className="grid gap-1 px-3 py-3 md:px-4">
              <Link href="/guides/templates" className="font-semibold text-accent-ink hover:underline">
                Twelve operations templates
              </Link>
              <span className="text-ink-2">Rollout, governance, procurement and operations; one a week by e-mail if you like.</span>
            </li>
            <li className="grid gap-1 border-line border-t px-3 py-3 md:px-4">
              <Link href="/guides/help" className="font-semibold text-accent-ink hover:underline">
                Ask people
              </Link>
              <span className="text-ink-2">A question, or an audit of your implementation.</span>
            </li>
          </ul>
        </Panel>
      </div>
    </GuideFrame>
  );
}
