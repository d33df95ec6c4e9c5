import { publicUrl } from '@/lib/env';
import type { Instant } from '@/lib/kernel/instant';

/** A notice as it is sent, whatever way it travels. */
export type Message = {
  /** The notice's id: the same at every attempt, so that a receiver tells a copy from a second notice. */
  id: string;
  kind: string;
  organisation: string;
  title: string;
  text: string;
  /** A whole address. */
  link: string;
  breachId: string | null;
  /** Where the one person it is for acknowledges without signing in; made when the message leaves, never kept. */
  acknowledge: string | null;
  data: object;
  /** When what it tells of happened. */
  at: Instant;
};

/** What came of one attempt. */
export type Sent =
  | { ok: true; detail: string }
  | {
      ok: false;
      detail: string;
      /** Trying again would be no use. */
      isFinal?: boolean;
      /** The receiver says that there is nobody any more. */
      isGone?: boolean;
      retryAfterSeconds?: number;
    };

/** A path of ours as a whole address; a whole address as it is. */
export const wholeLink = (link: string): string => (link.startsWith('/') ? publicUrl() + link : link);
