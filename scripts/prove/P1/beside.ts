import { setTimeout as pause } from 'node:timers/promises';
import { grantIn } from '@/lib/budget/grant/schema';
import { budgetChange } from '@/lib/budget/schema';
import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { plus, seconds, toIso } from '@/lib/kernel/instant';
import { pricesIn } from '@/lib/price/schema';
import { approveGrant } from '@/lib/spend/grant/approve';
import { askForGrant } from '@/lib/spend/grant/ask';
import { endExpiredGrants } from '@/lib/spend/grant/end';
import { expireHolds } from '@/lib/spend/hold/expire';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { setPrices } from '@/lib/spend/reprice/set-prices';
import { liftStop } from '@/lib/stop/lift';
import type { TestOrg, Who } from '@/lib/testing/an-org';
import { upTo } from '../support/client';
import { newModelOf, type Place } from './callers';

/** What people and jobs do while callers call, each as often as it was done. */
export type Done = { limitsMoved: number; grants: number; repriced: number; lifted: number };
export const nothingDone = (): Done => ({ limitsMoved: 0, grants: 0, repriced: 0, lifted: 0 });

/** A budget of the tree that the crowd is at. */
export type Budget = { id: string; amount: number };

/** SQLSTATE classes of what would have been wrong in the database, had it let it in. */
const WRONG = /^23/;

/** Moves limits, opens grants, prices what had no price, lifts stops and ends what is over, beside the calls. */
export class Beside {
  private stopping = false;
  private running: Promise<void>;
  /** The tree that the crowd is at. */
  tree: Budget[] = [];
  /** What the database refused to keep: none of it may be tried. */
  readonly faults: string[] = [];

  constructor(
    private readonly org: TestOrg,
    private readonly place: Place,
    private readonly done: Done,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    const turns = [this.moveLimit, this.grant, this.price, this.lift, this.endWhatIsOver];
    for (let turn = 0; !this.stopping; turn++) {
      await (turns[turn % turns.length] as () => Promise<void>).call(this);
      await pause(100 + upTo(400));
    }
  }

  /** Does it at the database's time, as someone. What a rule refuses is refused; a database that is away is asked at the next turn. */
  private async act<Result>(who: Who, work: (ctx: Context) => Promise<Result>): Promise<Result | null> {
    try {
      return await transaction(async (tx) =>
        work({ actor: this.org.members[who].actor, orgId: this.org.orgId, requestId: '', tx, now: await readClock(tx) }),
      );
    } catch (error) {
      if (!(error instanceof Fault) && WRONG.test(String((error as { code?: unknown }).code))) this.faults.push(`not kept: ${error}`);
      return null;
    }
  }

  /** Lower in three of four cases, also below what is spent. */
  private async moveLimit(): Promise<void> {
    const budget = this.tree[upTo(this.tree.length - 1)];
    if (!budget) return;
    const amount = (budget.amount * (upTo(3) === 0 ? 1.1 : 0.7 + upTo(25) / 100)).toFixed(6);
    const change = budgetChange.parse({ amount, confirm: true });
    if (await this.act('admin', (ctx) => changeBudget(ctx, { id: budget.id, ifMatch: null, change }))) this.done.limitsMoved++;
  }

  private async grant(): Promise<void> {
    const budget = this.tree[upTo(this.tree.length - 1)];
    if (!budget) return;
    const scope = upTo(1) ? { feature: 'chat' } : {};
    const asked = await this.act('operator', (ctx) => {
      const input = { amount: (budget.amount * 0.02).toFixed(6), scope, reason: 'a demo', expiresAt: toIso(plus(ctx.now, seconds(2))) };
      return askForGrant(ctx, { budgetId: budget.id, ...grantIn.parse(input) });
    });
    if (asked && (await this.act('analyst', (ctx) => approveGrant(ctx, asked.id)))) this.done.grants++;
  }

  /** Prices what was reported of this place's new model: more than nothing, less than was guessed. */
  private async price(): Promise<void> {
    if (upTo(3) > 0) return;
    const model = newModelOf(this.place);
    const prices = pricesIn.parse({
      prices: ['input', 'output'].map((unit) => ({ provider: 'openai', model, unit, nanoUsdPerMillion: '3000000000' })),
    });
    const set = await this.act('analyst', (ctx) => setPrices(ctx, prices.prices, true));
    if (set && set.repriced.calls > 0) this.done.repriced += set.repriced.calls;
  }

  private async lift(): Promise<void> {
    const ids = this.tree.map((each) => each.id);
    const open = await reader()
      .query<{ id: string }>('SELECT id FROM stop WHERE org_id = $1 AND budget_id = ANY($2) AND lifted_at IS NULL', [this.org.orgId, ids])
      .catch(() => []);
    for (const { id } of open)
      if (await this.act('admin', (ctx) => liftStop(ctx, { stopId: id, why: 'there is room' }))) this.done.lifted++;
  }

  /** Holds that callers forgot become presumed, and grants end, as the worker would have it. */
  async endWhatIsOver(): Promise<void> {
    await this.act('admin', (ctx) => expireHolds(ctx));
    await this.act('admin', (ctx) => endExpiredGrants(ctx));
  }
}
