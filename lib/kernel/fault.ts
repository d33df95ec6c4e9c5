/** One thing wrong with what a caller sent: where (JSON pointer), which (stable code), and what to do. */
export type FieldFault = { pointer: string; code: string; detail: string };

type FaultOptions = { errors?: FieldFault[]; retryAfterSeconds?: number; cause?: unknown };

/**
 * A caller's mistake, or a state that forbids what was asked. `lib/http` answers it as `application/problem+json`
 * (RFC 9457) with the status that `lib/http/problems.ts` gives its code; everything else thrown is a bug and answers 500.
 */
export class Fault extends Error {
  readonly code: string;
  readonly errors: FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, detail: string, options: FaultOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
