import { type Instant, toIso } from '@/lib/kernel/instant';
import type { FreshnessOut } from './freshness';
import type { Source } from './health';

/** A way in, as people name it. */
const SOURCE_NAMES: Record<string, string> = { api: 'the usage API', settle: 'settlements', gateway: 'the gateway', hold: 'ended holds' };
export const sourceName = (source: string): string => SOURCE_NAMES[source] ?? source;

/** Where figures are stale: who was heard last, and when. Null while they are fresh, or nothing has ever come. */
export function silenceOf({ state, lastEventAt }: FreshnessOut, sources: readonly Source[]): { source: string; since: string } | null {
  if (state !== 'stale' || lastEventAt === null) return null;
  const last = sources.reduce<Source | null>(
    (latest, each) => (latest && latest.lastReceivedAt > each.lastReceivedAt ? latest : each),
    null,
  );
  return { source: last ? sourceName(last.source) : 'any source', since: lastEventAt };
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
    `  -d '${JSON.stringify({ records: [record] })
      .replace('"provider"', '\n       "provider"')
      .replace('"units"', '\n       "units"')}'`,
  ].join('\n');
};
