import { randomUUID } from 'node:crypto';
import { fromDate, instant, toIso } from '@/lib/kernel/instant';

const WORKLOADS = ['support-bot', 'search', 'summaries', 'code-review', 'triage'];
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'];

/** A record as a program sends it: five workloads, four models, forty customers, two tags, over the last hours. */
export type SentRecord = {
  eventId: string;
  occurredAt: string;
  workload: string;
  feature: string;
  provider: string;
  model: string;
  customer: string;
  tags: { env: string; region: string };
  units: { input: number; output: number };
  latencyMs: number;
  responseId: string;
};

/** Records with ids of their own, `count` of them. */
export function makeRecords(count: number): SentRecord[] {
  const now = fromDate(new Date());
  return Array.from({ length: count }, (_, i) => ({
    eventId: randomUUID(),
    occurredAt: toIso(instant(now - ((i * 7_919) % 10_800) * 1_000_000)),
    workload: WORKLOADS[i % WORKLOADS.length] as string,
    feature: i % 3 === 0 ? 'chat' : 'batch',
    provider: 'openai',
    model: MODELS[i % MODELS.length] as string,
    customer: `customer-${i % 40}`,
    tags: { env: i % 10 === 0 ? 'staging' : 'prod', region: i % 2 === 0 ? 'eu' : 'us' },
    units: { input: 200 + (i % 3_000), output: 20 + (i % 700) },
    latencyMs: 300 + (i % 4_000),
    responseId: `resp_${randomUUID()}`,
  }));
}
