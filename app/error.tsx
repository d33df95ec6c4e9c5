'use client';

import { Message } from '@/components/shell/message';
import { Button, ButtonLink } from '@/components/ui/button';

/** What stands when a page could not be made. Stops do not depend on pages, and that is said. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Message title="This page could not be made. Stops are not affected.">
      <p>Try again; if it stays, look for the reference below in the log of the server.</p>
      {error.digest ? <p className="font-mono text-12 text-ink-2">ref {error.digest}</p> : null}
      <p className="flex gap-2">
        <Button kind="primary" icon="retry" onClick={reset}>
          Try again
        </Button>
        <ButtonLink href="/">Overview</ButtonLink>
      </p>
    </Message>
  );
}
