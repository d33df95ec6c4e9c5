import type { z } from 'zod';
import type { FieldFault } from '@/lib/kernel/fault';

/** The first thing that zod found wrong with a record, as one fault with a sentence that says what to do. */
export function faultOf(error: z.ZodError): FieldFault {
  const [issue] = error.issues;
  if (!issue) return { pointer: '', code: 'field.invalid', detail: 'Send a usage record.' };
  const pointer = pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return {
      pointer: pointerOf([...issue.path, key]),
      code: 'field.unknown',
      detail: 'Leave this field out: it is not part of a usage record.',
    };
  }
  if (issue.code === 'invalid_type' && issue.path.length === 0) {
    return { pointer, code: 'field.invalid', detail: 'Send each record as a JSON object.' };
  }
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined && / undefined$/.test(issue.message);
  if (isMissing) return { pointer, code: 'field.required', detail: 'Add this field: a usage record needs it.' };
  return { pointer, code: 'field.invalid', detail: issue.message };
}

/** A JSON pointer (RFC 6901) to a path. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
