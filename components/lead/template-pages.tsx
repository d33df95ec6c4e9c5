import Link from 'next/link';
import { TEMPLATES } from '@/lib/lead/templates/all';
import type { Template } from '@/lib/lead/templates/template';
import { GuideFrame } from '../playbook/guide-frame';
import { PageHeader } from '../shell/page-header';
import { ButtonLink } from '../ui/button';
import { CopyButton } from '../ui/copy';
import { Markdown } from '../ui/markdown';
import { Panel } from '../ui/panel';
import { SubscribeForm } from './subscribe-form';

const GROUPS = { operations: 'Operations', governance: 'Governance', rollout: 'Rollout', procurement: 'Procurement' } as const;

/** All templates in their groups, and the way to get one a week. */
export function TemplateIndex() {
  return (
    <GuideFrame>
      <PageHeader
        trail={[{ label: 'Guides', href: '/guides' }, { label: 'Templates' }]}
        title="Twelve templates for running AI with a budget, ready to fill in."
      />
      <div className="grid gap-4">
        <Panel title="One a week, by e-mail" padded>
          <SubscribeForm />
        </Panel>
        {(Object.keys(GROUPS) as Template['group'][]).map((group) => (
          <Panel key={group} title={GROUPS[group]}>
            <ul>
              {TEMPLATES.filter((each) => each.group === group).map((each) => (
                <li key={each.slug} className="grid gap-1 border-line border-t px-3 py-3 first:border-t-0 md:px-4">
                  <Link href={`/guides/templates/${each.slug}`} className="font-semibold text-accent-ink hover:underline">
                    {each.title}
                  </Link>
                  <span className="text-ink-2">{each.when}</span>
                </li>
              ))}
            </ul>
          </Panel>
        ))}
      </div>
    </GuideFrame>
  );
}

/** One template, to copy or download. */
export function TemplatePage({ template: { slug, title, when, body, group } }: { template: Template }) {
  return (
    <GuideFrame>
      <PageHeader
        trail={[{ label: 'Guides', href: '/guides' }, { label: 'Templates', href: '/guides/templates' }, { label: GROUPS[group] }]}
        title={title}
        actions={
          <>
            <CopyButton text={body} />
            <ButtonLink
              small
              icon="download"
              prefetch={false}
              href={`data:text/markdown;charset=utf-8,${encodeURIComponent(body)}`}
              download={`${slug}.md`}
            >
              Markdown
            </ButtonLink>
          </>
        }
      />
      <Panel title={when} finding>
        <Markdown text={body} />
      </Panel>
    </GuideFrame>
  );
}
