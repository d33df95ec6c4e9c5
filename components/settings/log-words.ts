/** One field of a change: what it was, what it is; null where there was or is nothing. */
export type FieldChange = { field: string; from: string | null; to: string | null };

const LONGEST = 160;

/** What stands in an object, name by name; what is empty in it is left out. */
const named = (value: object): string =>
  Object.entries(value)
    .map(([key, part]) => [spaced(key), written(part)] as const)
    .filter(([, text]) => text !== null && text !== NONE)
    .map(([key, text]) => `${key} ${text}`)
    .join(', ');

/** What stands for an empty text or list. */
const NONE = 'none';

function written(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text =
    typeof value === 'object'
      ? Array.isArray(value)
        ? value.map((each) => written(each) ?? NONE).join(', ')
        : named(value)
      : String(value);
  if (text === '') return NONE;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : value === null || value === undefined
      ? {}
      : { value };

/** `labelTags` is "label tags". */
const spaced = (field: string): string => field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** The fields that a change moved; of something made or ended, every field that it had. */
export function changesOf(before: unknown, after: unknown): FieldChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((key) => ({ field: spaced(key), from: written(was[key]), to: written(is[key]) }))
    .filter(({ from, to }) => from !== to);
}

/** `budget.thresholds_set` is "Budget, thresholds set". */
export function whatOf(action: string): string {
  const [noun = '', ...rest] = action.split('.');
  const said = `${noun.replaceAll('_', ' ')} ${rest.join(' ').replaceAll('_', ' ')}`.trim();
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** What the log can be narrowed to. */
export const SUBJECTS = ['organisation', 'member', 'api_key', 'budget', 'workload', 'price', 'stop', 'currency_rate'] as const;
