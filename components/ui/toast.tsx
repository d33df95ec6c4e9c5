'use client';

import { useTheme } from 'next-themes';
import { Toaster, toast } from 'sonner';

/** Where short confirmations appear; once, in the root layout. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      containerAriaLabel="Confirmations"
      toastOptions={{
        style: {
          background: 'var(--raised)',
          color: 'var(--ink)',
          border: '1px solid var(--line-strong)',
          borderRadius: 10,
          font: '13px / 20px var(--font-sans)',
        },
      }}
    />
  );
}

/** Confirms what has happened, in the past tense ("Key revoked."); `undo` offers the way back for eight seconds. Never for what must be read. */
export function sayDone(sentence: string, undo?: () => void): void {
  toast.success(sentence, undo ? { duration: 8_000, action: { label: 'Undo', onClick: undo } } : undefined);
}

/** Says what was not done and what to do; stays until closed. Faults of one field belong at the field instead. */
export function sayFailed(sentence: string, retry?: () => void): void {
  toast.error(sentence, {
    duration: Number.POSITIVE_INFINITY,
    closeButton: true,
    ...(retry ? { action: { label: 'Retry', onClick: retry } } : {}),
  });
}
