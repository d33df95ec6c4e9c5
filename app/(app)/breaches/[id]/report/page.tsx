import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Report } from '@/components/recovery/report';
import { ReportActs } from '@/components/recovery/report-acts';
import { reportFirstLine } from '@/components/recovery/report-words';
import { PageHeader } from '@/components/shell/page-header';
import { type PageCaller, pageCaller } from '@/lib/auth/page';
import { readBreach } from '@/lib/breach/read/breaches';
import { Fault } from '@/lib/kernel/fault';
import { readReport } from '@/lib/recovery/report/report';

export const metadata: Metadata = { title: 'Report' };

async function planOr404({ ctx }: PageCaller, id: string): Promise<string> {
  try {
    const { planId } = await readBreach(ctx, id);
    return planId ?? notFound();
  } catch (error) {
    if (error instanceof Fault && error.code === 'breach.not_found') notFound();
    throw error;
  }
}

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const caller = await pageCaller('recovery.read');
  const { id } = await params;
  const planId = await planOr404(caller, id);
  const report = await readReport(caller.ctx, planId);
  return (
    <>
      <PageHeader
        trail={[
          { label: 'Breaches', href: '/breaches' },
          { label: report.budgetName, href: `/breaches/${id}` },
          { label: report.isFinal ? 'Report' : 'Report so far' },
        ]}
        note={report.zone}
        title={reportFirstLine(report)}
        actions={<ReportActs markdownHref={`/api/v1/recovery-plans/${encodeURIComponent(planId)}/report.md`} fileName={`${id}.md`} />}
      />
      <Report report={report} />
    </>
  );
}
