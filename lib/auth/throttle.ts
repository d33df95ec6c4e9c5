import { Fault } from '@/lib/kernel/fault';
import { type Instant, type Micros, minutes, plus } from '@/lib/kernel/instant';

type Tries = { failed: number; until: Instant };

const WINDOW: Micros = minutes(15);
const KEPT_AT_MOST = 20_000;
/** Failures allowed in the window: of one address for one person, and of one address for anybody. */
const LIMITS = { pair: 5, address: 50 };

/** Counts failed sign-ins in memory, by e-mail and address together, so that nobody can lock another person out from elsewhere. */
export class Throttle {
  private readonly tries = new Map<string, Tries>();

  private failures(key: string, now: Instant): number {
    const tries = this.tries.get(key);
    return tries && tries.until > now ? tries.failed : 0;
  }

  /** @throws Fault sign_in.too_many */
  require(email: string, address: string, now: Instant): void {
    if (this.failures(`${email} ${address}`, now) < LIMITS.pair && this.failures(address, now) < LIMITS.address) return;
    throw new Fault('sign_in.too_many', 'Too many attempts. Try again in 15 minutes.', { retryAfterSeconds: 15 * 60 });
  }

  /** Notes an attempt before its outcome is known: attempts made at once cannot slip past together. */
  note(email: string, address: string, now: Instant): void {
    for (const key of [`${email} ${address}`, address]) {
      const failed = this.failures(key, now) + 1;
      // Moved to the end: the oldest is what makes room.
      this.tries.delete(key);
      this.tries.set(key, { failed, until: plus(now, WINDOW) });
    }
    for (const oldest of this.tries.keys()) {
      if (this.tries.size <= KEPT_AT_MOST) break;
      this.tries.delete(oldest);
    }
  }

  /** Forgets the attempts of someone who got it right. */
  forget(email: string, address: string): void {
    this.tries.delete(`${email} ${address}`);
    const ofAddress = this.tries.get(address);
    if (ofAddress) ofAddress.failed = Math.max(0, ofAddress.failed - 1);
  }
}
