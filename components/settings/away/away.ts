import { momentMs } from '@/lib/kernel/format-time';

/** Who stands in for someone, and until when; null for nobody and for being here. */
export type Away = { deputyId: string | null; awayUntil: string | null };

/** Whether someone is away at a moment. */
export const isAway = ({ awayUntil }: Pick<Away, 'awayUntil'>, now: string): boolean =>
  awayUntil !== null && momentMs(awayUntil) > momentMs(now);
