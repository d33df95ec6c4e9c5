import type { Hold } from './rows';

/**
 * Open holds that this process gave, as they were committed: most are settled by the process that gave them, which then need not
 * read them again. What a row says of its hold changes only with the version of the budget set (a budget made or switched while it
 * is open) and with its end; the version is compared here, the end by the statement that writes it (`endOpenHolds`).
 */
const memory = globalThis as { hardstopHolds?: Map<string, { orgId: string; version: number; hold: Hold }> };

const KEPT = 50_000;

/** Remembers holds. Once their transaction has committed, not before. */
export function rememberHolds(set: { orgId: string; version: number }, holds: Iterable<Hold>): void {
  memory.hardstopHolds ??= new Map();
  const { hardstopHolds: known } = memory;
  for (const hold of holds) known.set(hold.id, { orgId: set.orgId, version: set.version, hold });
  for (const id of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(id);
  }
}

/** All the wanted holds as they are remembered; none where one of them is not, so that they are locked together, in their order. */
export function rememberedHolds(set: { orgId: string; version: number }, ids: readonly string[]): ReadonlyMap<string, Hold> {
  const found = new Map<string, Hold>();
  for (const id of ids) {
    const known = memory.hardstopHolds?.get(id);
    if (known?.orgId !== set.orgId || known.version !== set.version) return new Map();
    found.set(id, known.hold);
  }
  return found;
}

/** Forgets holds that have ended, or that turned out to be otherwise. */
export function forgetHolds(ids: Iterable<string>): void {
  for (const id of ids) memory.hardstopHolds?.delete(id);
}
