import { Fault } from '@/lib/kernel/fault';
import { type Instant, minutes, plus } from '@/lib/kernel/instant';

const WINDOW = minutes(15);
/** Behind a proxy many people are one place. */
const AT_MOST = { place: 60, address: 3 } as const;
const KEPT_AT_MOST = 20_000;

const seen = globalThis as { hardstopForms?: Map<string, { count: number; until: Instant }> };

/** Counts forms from one place, or for one address, in memory: strangers may ask, not flood. @throws Fault lead.too_many */
export function requirePatience(kind: keyof typeof AT_MOST, of: string, now: Instant): void {
  const place = `${kind} ${of}`;
  seen.hardstopForms ??= new Map();
  const forms = seen.hardstopForms;
  const before = forms.get(place);
  const mine = before && before.until > now ? before : { count: 0, until: plus(now, WINDOW) };
  if (mine.count >= AT_MOST[kind])
    throw new Fault('lead.too_many', 'Too many forms came from here, or for this address. Try again in 15 minutes.', {
      retryAfterSeconds: 15 * 60,
    });
  mine.count++;
  forms.delete(place);
  forms.set(place, mine);
  for (const oldest of forms.keys()) {
    if (forms.size <= KEPT_AT_MOST) break;
    forms.delete(oldest);
  }
}
