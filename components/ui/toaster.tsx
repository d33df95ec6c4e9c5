'use client';

import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import { Toaster, toast } from 'sonner';

/** A sentence to show for a while: what was done (with the way back), or what was not (with another try). */
export type Said = { done: boolean; sentence: string; act?: (() => void) | undefined };

const STYLE = {
  background: 'var(--raised)',
  color: 'var(--ink)',
  border: '1px solid var(--line-strong)',
  borderRadius: 10,
  font: '13px / 20px var(--font-sans)',
};

/** Shows what was said so far; each once. */
export default function ToasterBody({ said }: { said: Said[] }) {
  const { resolvedTheme } = useTheme();
  const shown = useRef(0);
  useEffect(() => {
    for (const { done, sentence, act } of said.slice(shown.current)) {
      const action = act ? { label: done ? 'Undo' : 'Retry', onClick: act } : undefined;
      if (done) toast.success(sentence, { duration: action ? 8_000 : 4_000, action });
      else toast.error(sentence, { duration: Number.POSITIVE_INFINITY, closeButton: true, action });
    }
    shown.current = said.length;
  }, [said]);
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      containerAriaLabel="Confirmations"
      toastOptions={{ style: STYLE }}
    />
  );
}
