import { z } from 'zod';
import type { FieldFault } from './fault';

/** The kinds that come out of tokens going in. They never overlap: each token is counted in exactly one. */
export const INPUT_KINDS = [
  'input',
  'input_cache_read',
  'input_cache_write_5m',
  'input_cache_write_1h',
  'input_audio',
  'input_image',
] as const;

/** The kinds of tokens coming out. `output_reasoning` is not part of `output`: the two add up to what was generated as text. */
export const OUTPUT_KINDS = ['output', 'output_reasoning', 'output_audio', 'output_image'] as const;

export type InputKind = (typeof INPUT_KINDS)[number];
export type OutputKind = (typeof OUTPUT_KINDS)[number];
/** A call of one tool that the provider bills by the call: `tool_call:web_search`. */
export type ToolCallKind = `tool_call:${string}`;
/** What a price is for. `request` is the call itself, for providers that bill each one. */
export type UnitKind = InputKind | OutputKind | ToolCallKind | 'request';

/** How much of each kind a call used: whole numbers from 0 to 10⁹. A kind that is absent was not used; 0 says so. */
export type Units = { readonly [kind in UnitKind]?: number };

/** The most units of one kind that a record may have. */
export const UNITS_PER_RECORD = 1_000_000_000;

const FIXED = [...INPUT_KINDS, ...OUTPUT_KINDS, 'request'];
const TOOL_NAME = '[A-Za-z0-9_.-]{1,64}';
const PATTERN = new RegExp(`^(?:${FIXED.join('|')}|tool_call:${TOOL_NAME})$`);
const MAX_KINDS = 32;

/** The key of a quantity, for schemas of requests: `z.record(UNIT_KIND, …)`. */
export const UNIT_KIND = z.string().regex(PATTERN, `one of ${FIXED.join(', ')}, or tool_call:<name>`);

export const isUnitKind = (text: string): text is UnitKind => PATTERN.test(text);

/** The kind of a billed tool call. @throws RangeError when the name has other letters than A–Z, a–z, 0–9, `_`, `.`, `-`. */
export function toolCall(name: string): ToolCallKind {
  const kind = `tool_call:${name}` as const;
  if (!PATTERN.test(kind)) throw new RangeError(`${name} is no name of a tool`);
  return kind;
}

/** Units as read from outside, or everything that is wrong with them. Returned, for one bad record must not fail its batch. */
export type UnitsReading = { kind: 'units'; units: Units } | { kind: 'refused'; errors: FieldFault[] };

/**
 * Reads `units` of a request: an object of known kinds with whole numbers from 0 to 10⁹. Codes: `usage.units_missing`,
 * `usage.unknown_unit`, `usage.negative_units`, `usage.fractional_units`, `usage.too_many_units`.
 */
export function readUnits(value: unknown, pointer = '/units'): UnitsReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse({ pointer, code: 'usage.units_missing', detail: 'Send an object of unit kinds, such as {"input": 812, "output": 143}.' });
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_KINDS) {
    return refuse({ pointer, code: 'usage.too_many_units', detail: `Send at most ${MAX_KINDS} kinds of units in a record.` });
  }
  const errors: FieldFault[] = [];
  for (const [kind, quantity] of entries) {
    const fault = isUnitKind(kind) ? faultOfQuantity(quantity) : UNKNOWN;
    if (fault) errors.push({ pointer: `${pointer}/${pointerTo(kind)}`, ...fault });
  }
  return errors.length > 0 ? { kind: 'refused', errors } : { kind: 'units', units: value as Units };
}

const UNKNOWN = {
  code: 'usage.unknown_unit',
  detail: `Use one of ${FIXED.join(', ')}, or tool_call:<name>.`,
};

/** What is wrong with one quantity, or null. */
export function faultOfQuantity(quantity: unknown): Omit<FieldFault, 'pointer'> | null {
  if (typeof quantity !== 'number' || !Number.isInteger(quantity)) {
    return { code: 'usage.fractional_units', detail: 'Units are whole numbers.' };
  }
  if (quantity < 0) return { code: 'usage.negative_units', detail: 'Units are 0 or more; a person takes money back with an adjustment.' };
  if (quantity > UNITS_PER_RECORD)
    return { code: 'usage.too_many_units', detail: `A record holds at most ${UNITS_PER_RECORD} units of a kind.` };
  return null;
}

/** The tokens that went in, of every kind: what long-context prices go by. */
export function inputTotal(units: Units): number {
  let total = 0;
  for (const kind of INPUT_KINDS) total += units[kind] ?? 0;
  return total;
}

const refuse = (fault: FieldFault): UnitsReading => ({ kind: 'refused', errors: [fault] });
/** A key as a part of a JSON pointer (RFC 6901). */
const pointerTo = (key: string): string => key.slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1');
