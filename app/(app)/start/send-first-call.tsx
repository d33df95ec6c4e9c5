'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Received } from '@/components/first-run/received';
import { SendCall } from '@/components/first-run/send-call';
import { firstCommand } from '@/components/first-run/words';
import { useKeyMake } from '@/lib/org/client';
import { type SeenCall, useFirstCall } from '@/lib/setup/client';

type SendFirstCallProps = {
  /** Where programs reach us. */
  base: string;
  /** When the page was made. */
  since: string;
  zone: string;
  /** The last call that was there then: what comes in after it is live. */
  last: SeenCall | null;
  refused: string | null;
};

/** Makes a key for one workload, shows the command, and listens. */
export function SendFirstCall({ base, since, zone, last, refused }: SendFirstCallProps) {
  const make = useKeyMake();
  const seen = useFirstCall(since, last);
  const router = useRouter();
  const arrived = seen.data?.id;
  // What has come in changes the first line, the steps and the budget that is proposed.
  useEffect(() => {
    if (arrived !== undefined) router.refresh();
  }, [arrived, router]);
  const key = make.data;
  return (
    <SendCall
      command={key ? firstCommand(base, key.secret, key.pins.workload ?? '', key.createdAt) : null}
      refused={refused}
      busy={make.isPending}
      problem={make.error}
      onMake={(workload) => make.mutate({ name: `First calls of ${workload}`, scopes: ['usage:write'], pins: { workload } })}
    >
      <Received call={seen.data ?? last} zone={zone} />
    </SendCall>
  );
}
