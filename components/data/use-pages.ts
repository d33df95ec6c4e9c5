'use client';

import { useState } from 'react';

/** Walks through a list by cursor, forth and back. `at` null is the first page; `restart` when what is asked for changes. */
export function usePages() {
  const [trail, setTrail] = useState<string[]>([]);
  return {
    at: trail.at(-1) ?? null,
    restart: () => setTrail([]),
    newer: trail.length > 0 ? { onPress: () => setTrail((all) => all.slice(0, -1)) } : null,
    older: (next: string | null | undefined) => (next ? { onPress: () => setTrail((all) => [...all, next]) } : null),
  };
}
