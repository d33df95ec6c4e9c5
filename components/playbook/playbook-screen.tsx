'use client';

import Link from 'next/link';
import { formatShortDay } from '@/lib/kernel/format-time';
import { usePlaybook, useReviewPlaybook, useTickStep } from '@/lib/playbook/client';
import { PHASE_WORDS } from '@/lib/playbook/guides/guide';
import type { PlaybookOut, StepOut } from '@/lib/playbook/schema';
import { markdownOf } from '@/lib/playbook/text';
import { PageHeader } from '../shell/page-header';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import { Checkbox } from '../ui/form/toggles';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { sayDone } from '../ui/toast';
import { AnswerPanel } from './answer-panel';
import { ReadyBar } from './playbook-list';
import { SayDialog } from './say-dialog';
import { StepItem } from './step-item';
import { Toolkit } from './toolkit';
import { playbookFirstLine, reviewWords } from './words';

type PlaybookScreenProps = { initial: PlaybookOut; zone: string; members: Record<string, string>; mayWrite: boolean };

/** One playbook: the answer, the check list with its live ticks, how ready it was, and when it is due. */
export function PlaybookScreen({ initial, zone, members, mayWrite }: PlaybookScreenProps) {
  const { data: playbook = initial } = usePlaybook(initial.slug, initial);
  const { slug, phase, title, steps, done, next } = playbook;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Playbooks', href: '/playbooks' }, { label: `${PHASE_WORDS[phase]}: ${title}` }]}
        title={playbookFirstLine(playbook)}
        actions={<Toolkit markdown={markdownOf(playbook)} slug={slug} files={`/api/v1/playbooks/${slug}/check-list`} />}
      />
      <div className="grid items-start gap-3 md:gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid gap-3 md:gap-4">
          <AnswerPanel {...playbook} />
          <Panel title="Check list" aside={`${done} of ${steps.length}`}>
            <ul>
              {steps.map((step) => (
                <Step key={step.id} slug={slug} step={step} members={members} mayWrite={mayWrite} />
              ))}
            </ul>
          </Panel>
        </div>
        <aside className="grid gap-3 md:gap-4 print:hidden">
          <ReadinessPanel playbook={playbook} zone={zone} />
          <ReviewPanel playbook={playbook} mayWrite={mayWrite} />
          <Panel title="After this one" padded>
            <Link href={`/playbooks/${next.slug}`} className="text-accent-ink hover:underline">
              {next.title}
            </Link>
          </Panel>
        </aside>
      </div>
    </>
  );
}

type StepProps = { slug: string; step: StepOut; members: Record<string, string>; mayWrite: boolean };

function Step({ slug, step, members, mayWrite }: StepProps) {
  const tick = useTickStep(slug);
  const mark =
    step.kind === 'hand' ? (
      <Checkbox
        label={step.title}
        hideLabel
        checked={step.done}
        disabled={!mayWrite || tick.isPending}
        onCheckedChange={(done) => tick.mutate({ step: step.id, change: { done } })}
      />
    ) : undefined;
  const act = (
    <>
      <FormFault problem={tick.error} fields={[]} />
      {mayWrite ? <SayDialog slug={slug} step={step} members={members} /> : null}
    </>
  );
  return <StepItem step={step} act={act} {...(mark ? { mark } : {})} />;
}

const SHOWN = 8;

function ReadinessPanel({ playbook: { done, steps, history }, zone }: { playbook: PlaybookOut; zone: string }) {
  const days = history.slice(-SHOWN).reverse();
  return (
    <Panel title="Readiness" aside={<Status kind={done === steps.length ? 'ok' : 'warn'}>{`${done} of ${steps.length} now`}</Status>}>
      {days.length === 0 ? (
        <p className="px-3 py-3 text-12 text-ink-2 md:px-4">Kept once a day from now on.</p>
      ) : (
        <ol>
          {days.map((each) => (
            <li
              key={each.day}
              className="grid grid-cols-[88px_minmax(0,1fr)_auto] items-center gap-2 border-line border-t px-3 py-1.5 text-12 first:border-t-0 md:px-4"
            >
              <span className="text-ink-2">{formatShortDay(`${each.day}T12:00:00Z`, zone)}</span>
              <ReadyBar done={each.done} steps={each.steps} />
              <span>{`${each.done} of ${each.steps}`}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function ReviewPanel({ playbook: { slug, title, review }, mayWrite }: { playbook: PlaybookOut; mayWrite: boolean }) {
  const done = useReviewPlaybook(slug);
  return (
    <Panel title="Review" aside={review.isDue ? <Status kind="due">due</Status> : null} padded>
      <div className="grid gap-2 text-12">
        <p>{reviewWords(review)}</p>
        <FormFault problem={done.error} fields={[]} />
        {mayWrite ? (
          <Button
            small
            busy={done.isPending}
            className="justify-self-start"
            onClick={() => done.mutate(undefined, { onSuccess: () => sayDone(`${title} is reviewed.`) })}
          >
            Gone through it
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}
