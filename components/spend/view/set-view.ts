import type { View } from './state';

/** Changes parts of the view; null takes a part back to what it is without being said. */
export type SetView = (part: { [Name in keyof View]?: View[Name] | null }) => void;
