import { governance } from './governance';
import { operations } from './operations';
import { procurement } from './procurement';
import { rollout } from './rollout';
import type { Template } from './template';

/** The twelve, in the order in which they are sent: one of each group in turn. */
export const TEMPLATES: readonly Template[] = [0, 1, 2]
  .flatMap((turn) => [operations, governance, rollout, procurement].flatMap((group) => group[turn] ?? []))
  .map((each, index) => ({ ...each, number: index + 1 }));
