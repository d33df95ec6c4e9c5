'use client';

import Link from 'next/link';
import { useBrief } from '@/lib/playbook/brief/client';
import type { BriefOut, Section } from '@/lib/playbook/brief/schema';
import { PageHeader } from '../../shell/page-header';
import { Button, ButtonLink } from '../../ui/button';
import { CopyButton } from '../../ui/copy';
import { Panel } from '../../ui/panel';
import { Time } from '../../ui/time';
import { DashboardDialog } from './dashboard-dialog';
import { EditDialog } from './edit-dialog';

type BriefScreenProps = { initial: BriefOut; zone: string; mayWrite: boolean; mayBudget: boolean };

/** The working brief: written from live data, each sentence leading to where it can be seen; edited, saved, and made into a dashboard. */
export function BriefScreen({ initial, zone, mayWrite, mayBudget }: BriefScreenProps) {
  const { data: brief = initial } = useBrief(initial);
  const gaps = brief.sections.find((each) => each.title === 'Gaps')?.sentences ?? [];
  const isDone = gaps[0]?.key === 'gaps';
  const [latest] = brief.versions;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Playbooks', href: '/playbooks' }, { label: 'Working brief' }]}
        title={
          isDone
            ? 'The brief has no gap left, and is written from live data.'
            : `The brief has ${gaps.length} gap${gaps.length === 1 ? '' : 's'}, and a plan to close ${gaps.length === 1 ? 'it' : 'them'}.`
        }
        actions={
          <span className="flex flex-wrap gap-2 print:hidden">
            <CopyButton text={brief.markdown} />
            <ButtonLink
              small
              icon="download"
              prefetch={false}
              href={`data:text/markdown;charset=utf-8,${encodeURIComponent(brief.markdown)}`}
              download="working-brief.md"
            >
              Markdown
            </ButtonLink>
            <Button small icon="picture" onClick={() => window.print()}>
              Print
            </Button>
            {mayWrite ? <EditDialog markdown={latest?.markdown ?? brief.markdown} /> : null}
            {mayBudget ? <DashboardDialog drafts={brief.drafts} /> : null}
          </span>
        }
      />
      <div className="grid items-start gap-3 md:gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid gap-3 md:gap-4">
          {brief.sections.map((section) => (
            <SectionPanel key={section.title} section={section} />
          ))}
        </div>
        <Panel title="Saved versions" className="print:hidden">
          {brief.versions.length === 0 ? (
            <p className="px-3 py-3 text-12 text-ink-2 md:px-4">None yet. Edit it, and it is kept as it was then.</p>
          ) : (
            <ol>
              {brief.versions.map((each) => (
                <li key={each.version} className="border-line border-t px-3 py-2 text-12 first:border-t-0 md:px-4">
                  <details>
                    <summary className="cursor-pointer">
                      {`Version ${each.version}, ${each.savedBy}, `}
                      <Time at={each.savedAt} zone={zone} />
                    </summary>
                    <pre className="mt-2 whitespace-pre-wrap font-sans text-ink-2 [overflow-wrap:anywhere]">{each.markdown}</pre>
                  </details>
                </li>
              ))}
            </ol>
          )}
        </Panel>
      </div>
    </>
  );
}

function SectionPanel({ section: { title, sentences } }: { section: Section }) {
  return (
    <Panel title={title}>
      <ul>
        {sentences.map(({ key, label, text, href }) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-3 border-line border-t px-3 py-2 first:border-t-0 md:px-4">
            <span className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
              {label ? <b className="mr-1 font-semibold">{`${label}:`}</b> : null}
              {text}
            </span>
            <Link href={href} className="text-12 text-accent-ink underline underline-offset-2 print:hidden">
              See
              <span className="sr-only">{` where it comes from: ${text}`}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
