import type { z } from 'zod';
import { Fault, type FieldFault } from '@/lib/kernel/fault';

const escaped = (part: PropertyKey) => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/** A JSON pointer (RFC 6901) to a path. */
export const pointerTo = (path: readonly PropertyKey[]): string => path.map((part) => `/${escaped(part)}`).join('');

type Issue = z.core.$ZodIssue;

const isMissing = (issue: Issue) => (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function faultsOf(issue: Issue, at: string): FieldFault[] {
  const pointer = at + pointerTo(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escaped(key)}`,
      code: 'field.unknown',
      detail: `"${key}" is not known here: leave it out, or check its spelling.`,
    }));
  }
  if (isMissing(issue)) return [{ pointer, code: 'field.required', detail: `"${String(issue.path.at(-1) ?? 'body')}" is required.` }];
  if (issue.code === 'too_big' || issue.code === 'too_small')
    return [{ pointer, code: `field.${issue.code}`, detail: sentence(issue.message) }];
  return [{ pointer, code: 'field.invalid', detail: sentence(issue.message) }];
}

/** Everything wrong with a value, one entry a field. @param at the pointer of the value itself */
export const fieldFaults = (error: z.core.$ZodError, at = ''): FieldFault[] => error.issues.flatMap((issue) => faultsOf(issue, at));

/** Parses a part of a request. @throws Fault request.invalid with one entry a field */
export function parsePart<Schema extends z.ZodType>(schema: Schema, value: unknown, part: 'path' | 'query' | 'body'): z.output<Schema> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = fieldFaults(parsed.error, part === 'body' ? '' : `/${part}`);
  const [first] = errors;
  throw new Fault('request.invalid', errors.length === 1 && first ? first.detail : `${errors.length} fields need mending; see errors.`, {
    errors,
  });
}
