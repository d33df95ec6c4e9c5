'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { Said } from './toaster';

const Toaster = dynamic(() => import('./toaster'), { ssr: false });
const SAID = 'hardstop:said';

const say = (said: Said) => window.dispatchEvent(new CustomEvent<Said>(SAID, { detail: said }));

/** Where short confirmations appear; once, in the root layout. Its code comes with the first one. */
export function Toasts() {
  const [said, setSaid] = useState<Said[]>([]);
  useEffect(() => {
    const hear = (event: Event) => setSaid((before) => [...before, (event as CustomEvent<Said>).detail]);
    window.addEventListener(SAID, hear);
    return () => window.removeEventListener(SAID, hear);
  }, []);
  return said.length > 0 ? <Toaster said={said} /> : null;
}

/** Confirms what has happened, in the past tense ("Key revoked."); `undo` offers the way back for eight seconds. Never for what must be read. */
export function sayDone(sentence: string, undo?: () => void): void {
  say({ done: true, sentence, act: undo });
}

/** Says what was not done and what to do; stays until closed. Faults of one field belong at the field instead. */
export function sayFailed(sentence: string, retry?: () => void): void {
  say({ done: false, sentence, act: retry });
}
