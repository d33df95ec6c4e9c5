import { EgressFault } from '@/lib/egress/fault';
import { type OutAnswer, sendOut } from '@/lib/egress/send';
import type { Sent } from './message';

const DEADLINE_MS = 10_000;
/** Enough of an answer to say what is wrong. */
const MOST_READ = 2_048;
const MOST_SHOWN = 200;

const GONE = 410;
const MOST_PATIENCE_SECONDS = 3_600;

/** What an HTTP answer means: 2xx is delivered, 410 says that nobody is there any more, everything else (a redirect too) is a failure. */
export function sentBy({ status, headers, text, ms }: OutAnswer): Sent {
  if (status >= 200 && status < 300) return { ok: true, detail: `Answered ${status} in ${ms} ms.` };
  const said = text.replace(/\s+/g, ' ').trim().slice(0, MOST_SHOWN);
  const detail = `Answered ${status}${said === '' ? '' : `: ${said}`}`;
  if (status === GONE) return { ok: false, detail, isGone: true };
  if (status >= 300 && status < 400) return { ok: false, detail: `${detail} (a redirect is not followed: give the address it leads to)` };
  const wait = Number(headers['retry-after']);
  return Number.isInteger(wait) && wait > 0
    ? { ok: false, detail, retryAfterSeconds: Math.min(wait, MOST_PATIENCE_SECONDS) }
    : { ok: false, detail };
}

/** Posts JSON out of the house. What ends without an answer is an outcome too. */
export async function postJson(url: string, body: string, headers: Record<string, string> = {}): Promise<Sent> {
  const all = {
    'content-type': 'application/json',
    'user-agent': 'Hardstop',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  try {
    return sentBy(await sendOut({ url, method: 'POST', headers: all, body, timeoutMs: DEADLINE_MS, maxBytes: MOST_READ }));
  } catch (error) {
    if (error instanceof EgressFault) return { ok: false, detail: error.message, isFinal: error.isRefusal };
    throw error;
  }
}
