/** Work that happens without being asked. `everySeconds` is the rest between two runs; a process never runs one twice at once. */
export type Job = { name: string; everySeconds: number; run(): Promise<void> };

/** What the worker process does, in no order. */
export const jobs: readonly Job[] = [];
