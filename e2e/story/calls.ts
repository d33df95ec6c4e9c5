import { type APIRequestContext, expect } from '@playwright/test';
import { type Call, costOf, type Model, type Units } from './sums';

export type Decision = {
  decision: 'allow' | 'deny';
  holdId: string;
  model: Model;
  routedBy: string | null;
  reason?: string;
  stopId?: string | null;
  retryAfterMs?: number | null;
  fallback?: { message: string } | null;
};

/** The programs of one workload: what they ask, what they report, and a book of it all that the product never sees. */
export class Programs {
  readonly calls: Call[] = [];
  /** Asks that were refused by the budget, each under a key of its own. */
  refused = 0;
  #n = 0;

  constructor(
    private readonly api: APIRequestContext,
    readonly workload: string,
  ) {}

  /** Asks first for a call. */
  async ask(units: Units, model: Model = 'gpt-4o'): Promise<Decision> {
    const data = { workload: this.workload, provider: 'openai', model, maxUnits: units, idempotencyKey: `ask-${++this.#n}` };
    const response = await this.api.post('/api/v1/authorize', { data });
    expect(response.status(), await response.text()).toBe(200);
    return (await response.json()) as Decision;
  }

  /** Settles an allowed call with what it really used. */
  async settle(allowed: Decision, units: Units, at: string): Promise<void> {
    const response = await this.api.post('/api/v1/settle', { data: { holdId: allowed.holdId, units } });
    expect(response.status(), await response.text()).toBe(200);
    this.calls.push({ at, eventId: null, model: allowed.model, nano: costOf(allowed.model, units) });
  }

  /** Reports calls that asked nobody, all in one request. */
  async report(sent: readonly { at: string; units: Units }[], model: Model = 'gpt-4o'): Promise<void> {
    const { workload } = this;
    const own = sent.map(({ at, units }) => ({ at, units, eventId: `report-${++this.#n}` }));
    const records = own.map(({ at, units, eventId }) => ({ eventId, occurredAt: at, workload, provider: 'openai', model, units }));
    const response = await this.api.post('/api/v1/usage', { data: { records } });
    expect(await response.json()).toMatchObject({ accepted: sent.length, rejected: [] });
    for (const { at, units, eventId } of own) this.calls.push({ at, eventId, model, nano: costOf(model, units) });
  }
}
