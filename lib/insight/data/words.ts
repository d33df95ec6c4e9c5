import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Source } from './health';

/** A way in, as people name it. */
const SOURCE_NAMES: Record<string, string> = { api: 'the usage API', settle: 'settlements', hold: 'ended holds' };
export const sourceName = (source: string): string => SOURCE_NAMES[source] ?? source;

/** Where every source is overdue: the one heard last, and its last event. Null while any is fresh, or none has ever been heard. */
export function silenceOf(sources: readonly Source[]): { source: string; since: string } | null {
  if (sources.length === 0 || sources.some((each) => !each.stale)) return null;
  const last = sources.reduce((latest, each) => (each.lastOccurredAt > latest.lastOccurredAt ? each : latest));
  return { source: sourceName(last.source), since: toIso(last.lastOccurredAt) };
}

/** A command that sends one call, ready to be copied. @param origin where Hardstop answers */
export const firstCallCommand = (origin: string, now: Instant): string => {
  const record = {
    eventId: 'first-call-1',
    occurredAt: toIso(now),
    workload: 'support-bot',
    provider: 'openai',
    model: 'gpt-4o-mini',
    units: { input: 812, output: 143 },
  };
  return [
    `curl ${origin}/api/v1/usage \\`,
    '  -H "Authorization: Bearer $HARDSTOP_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify({ records: [record] })}'`,
  ].join('\n');
};
