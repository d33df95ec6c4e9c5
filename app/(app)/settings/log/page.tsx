import type { Metadata } from 'next';
import { LogTable } from '@/components/settings/log-table';
import { SUBJECTS, whatOf } from '@/components/settings/log-words';
import { logLine } from '@/components/settings/words';
import { Panel } from '@/components/ui/panel';
import { Pagination } from '@/components/ui/table/pagination';
import { listAudit } from '@/lib/audit/reads';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { formatAge } from '@/lib/kernel/format-time';
import { readOrganisation } from '@/lib/org/reads';
import { RefusedTab, SettingsFrame } from '../frame';
import { SubjectFilter, Verify } from './log';

export const metadata: Metadata = { title: 'Change log' };

type Query = { subject?: string; id?: string; cursor?: string };

/** Who changed what, from what to what; and whether the record of it is whole. */
export default async function LogPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { ctx, member } = await pageCaller('org.read');
  if (!mayPass(member, 'audit.read'))
    return (
      <RefusedTab
        tab="log"
        ctx={ctx}
        title="The change log is shown to admins only."
        what="It says what everyone here did, so only admins see it."
      />
    );
  const { subject, id, cursor } = await searchParams;
  const subjectKind = SUBJECTS.find((each) => each === subject);
  const [{ items, nextCursor }, { zone }] = await Promise.all([
    listAudit(ctx, { limit: 50, cursor, subjectKind, ...(id === undefined ? {} : { subjectId: id }) }),
    readOrganisation(ctx),
  ]);
  const filter = new URLSearchParams({ ...(subjectKind && { subject: subjectKind }), ...(id !== undefined && { id }) });
  const at = (extra: Record<string, string>) => `/settings/log?${new URLSearchParams({ ...Object.fromEntries(filter), ...extra })}`;
  const isFiltered = filter.size > 0;
  const [latest] = items;
  const line = logLine(
    latest ? { by: latest.actor.name, what: whatOf(latest.action), age: formatAge(latest.at, ctx.now) } : null,
    isFiltered || cursor !== undefined,
  );
  return (
    <SettingsFrame tab="log" title={line}>
      <Panel>
        <Verify />
      </Panel>
      <Panel title="Changes" actions={<SubjectFilter subject={subjectKind ?? ''} />}>
        <LogTable entries={items} zone={zone} empty={isFiltered ? 'Nothing fits this filter.' : 'Nothing has been changed yet.'} />
        <Pagination
          newer={cursor === undefined ? null : { href: at({}) }}
          older={nextCursor === null ? null : { href: at({ cursor: nextCursor }) }}
          text="Newest first"
        />
      </Panel>
    </SettingsFrame>
  );
}
