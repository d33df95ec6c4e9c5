'use client';

import { type ComponentType, useCallback, useState } from 'react';

/**
 * Code that is fetched when it is first asked for: what floats is about a third of a screen's JavaScript and nobody needs it for the first look.
 * @returns the component, null until it is here, and the function that asks for it
 */
export function useOnDemand<Props>(load: () => Promise<{ default: ComponentType<Props> }>): [ComponentType<Props> | null, () => void] {
  const [body, setBody] = useState<ComponentType<Props> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every caller gives the same import each time
  const ask = useCallback(() => void load().then((module) => setBody(() => module.default)), []);
  return [body, ask];
}
