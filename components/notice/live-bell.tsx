'use client';

import { useCallback, useEffect, useRef } from 'react';
import { useMine, useSeen } from '@/lib/notice/client';
import { sayFailed } from '../ui/toast';
import { Bell } from './bell';

/** What someone must answer for is said in the middle of whatever they do, and stays until they have closed it. */
const MUST_BE_READ = ['breach.opened', 'breach.climbed', 'breach.reopened'];

/** The bell with what the API says; a breach is also said aloud, once. @param speaks false for the second bell of a page */
export function LiveBell({ zone, speaks = false, className }: { zone: string; speaks?: boolean; className?: string | undefined }) {
  const { data } = useMine();
  const { mutate } = useSeen();
  const newest = data?.items[0];
  const before = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (data === undefined) return;
    const known = before.current;
    before.current = newest?.id ?? null;
    if (
      speaks &&
      known !== undefined &&
      newest &&
      newest.readAt === null &&
      newest.id > (known ?? '') &&
      MUST_BE_READ.includes(newest.kind)
    )
      sayFailed(newest.title);
  }, [data, newest, speaks]);
  const seen = useCallback((upTo: string) => mutate(upTo), [mutate]);
  return <Bell items={data?.items} unread={data?.unread ?? 0} zone={zone} seen={seen} className={className} />;
}
