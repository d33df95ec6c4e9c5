import type { Caller } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';

/** Who acts in the sample: the program that calls; while its story is told, the people who answer for the runaway too. */
export type Cast = { program: Caller; people: People | null; calendar: Calendar; today: Instant };

/** Who owns the budget that ran out, and who was on duty that night. */
export type People = { owner: Caller; responder: Caller };
