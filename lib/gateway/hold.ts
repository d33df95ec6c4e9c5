import { setTimeout as sleep } from 'node:timers/promises';
import type { Pins } from '@/lib/context';
import { OutcomeUnknown } from '@/lib/db';
import { httpLog } from '@/lib/http/log';
import { Fault } from '@/lib/kernel/fault';
import type { Units } from '@/lib/kernel/units';
import { decide } from '@/lib/spend/decide/group-commit';
import type { InputFor, Op } from '@/lib/spend/decide/ops';
import { type Allow, type AuthorizeRequest, type Deny, type SettleRequest, settleIn } from '@/lib/spend/schema';

/** Whose money a call spends. */
export type Payer = { orgId: string; keyId: string; pins: Pins; requestId: string };

const ATTEMPTS = 5;
const FIRST_WAIT_MS = 100;

type Asked = Pick<Op, 'kind' | 'request'> & { through?: 'gateway'; inputFor?: InputFor };

async function outcomeOf(payer: Payer, op: Asked): Promise<unknown> {
  const [outcome] = await decide(payer.orgId, [{ ...op, keyId: payer.keyId, pins: payer.pins } as Op]);
  if (!outcome || 'fault' in outcome) throw outcome?.fault ?? new Error('a decision without an outcome');
  return outcome.answer;
}

/**
 * Asks for a call. An outcome that nobody knows is asked for again with the same key, which finds the hold if there is one.
 * @param inputFor the bound of its input by the model that is called in the end
 */
export async function ask(payer: Payer, request: AuthorizeRequest, inputFor: InputFor): Promise<Allow | Deny> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await outcomeOf(payer, { kind: 'authorize', request, inputFor })) as Allow | Deny;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) || attempt === ATTEMPTS) throw error;
      await sleep(FIRST_WAIT_MS);
    }
  }
}

/**
 * Says what became of a call, again and again while the database cannot be asked. What cannot be said at last is not lost:
 * the hold runs out and is presumed spent in full.
 */
async function tell(payer: Payer, op: Asked): Promise<Fault | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      await outcomeOf(payer, op);
      return null;
    } catch (error) {
      if (error instanceof Fault && error.code !== 'decisions.overloaded') return error;
      if (attempt === ATTEMPTS) return new Fault('hold.untold', 'The database could not be asked.', { cause: error });
      await sleep(FIRST_WAIT_MS * 4 ** (attempt - 1));
    }
  }
}

const logged = (payer: Payer, fault: Fault | null): void => {
  if (fault) httpLog().error({ err: fault, requestId: payer.requestId }, 'what a call came to was not booked: its hold will be presumed');
};

/** What a call came to. */
export type Settling = Omit<SettleRequest, 'holdId' | 'units'> & { units: Units };

/**
 * Books what a call came to, also when its key has been revoked meanwhile. A provider that gives two answers one id was called twice
 * all the same: the second is booked without it.
 */
export async function settle(payer: Payer, allowed: Allow, said: Settling): Promise<void> {
  const settling = (what: Settling) =>
    tell(payer, { kind: 'settle', through: 'gateway', request: settleIn.parse({ holdId: allowed.holdId, ...what }) });
  const fault = await settling(said);
  const { responseId: _, ...unnamed } = said;
  logged(payer, fault?.code === 'usage.conflict' ? await settling(unnamed) : fault);
}

/** States that the provider was not called, or asks nothing for it: an error is no output. Also of a key that has been revoked meanwhile. */
export const release = async (payer: Payer, allowed: Allow): Promise<void> =>
  logged(payer, await tell(payer, { kind: 'release', through: 'gateway', request: { holdId: allowed.holdId } }));
