import { createContext } from 'react';

/** How what stands in a dialog closes it. */
export const CloseDialog = createContext<() => void>(() => undefined);
