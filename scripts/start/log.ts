const started = performance.now();

/** A line of the start script, with the seconds since it began. */
export function say(line: string): void {
  console.log(`[${((performance.now() - started) / 1_000).toFixed(1).padStart(5)} s] ${line}`);
}

/** What a person must mend before a start can succeed; shown without a stack. */
export class StartFault extends Error {
  override name = 'StartFault';
}
