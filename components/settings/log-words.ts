import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';

/** One field of a change: what it was, what it is; null where there was or is nothing. */
export type FieldChange = { field: string; from: string | null; to: string | null };

const LONGEST = 160;

/** What the entry says elsewhere: its subject's id stands under what was done, its version is for programs. */
const LEFT_OUT = new Set(['id', 'etag']);

/** What stands for an empty text or list. */
const NONE = 'none';

const A_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A level of a budget: "stop 95 %, must answer". */
function level({ kind, at, mustAnswer }: Fields): string {
  const share = Number(at);
  // As many decimals as it was set with: 95 %, 92.5 %.
  const decimals = String(Math.round(share * 1e6) / 1e4).split('.')[1]?.length ?? 0;
  return `${kind} ${formatPercent(share, decimals)}${mustAnswer === true ? ', must answer' : ''}`;
}

/** What stands in an object, name by name; what is empty in it is left out. */
const named = (value: Fields, zone: string): string =>
  'kind' in value && typeof value.at === 'number'
    ? level(value)
    : Object.entries(value)
        .map(([key, part]) => [spaced(key), written(part, zone, key)] as const)
        .filter(([, text]) => text !== null && text !== NONE)
        .map(([key, text]) => `${key} ${text}`)
        .join(', ');

/** A value as people read it: money in dollars, moments in the organisation's zone, yes and no. */
function written(value: unknown, zone: string, key: string): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return cut(value.map((each) => written(each, zone, key) ?? NONE).join(isFields(value[0]) ? '; ' : ', '));
  if (isFields(value)) return cut(named(value, zone));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  if (key.endsWith('NanoUsd') && /^-?\d+$/.test(text)) return formatMoney(text, { style: 'exact' });
  return A_MOMENT.test(text) ? formatDayTime(text, zone, { year: true }) : cut(text);
}

const cut = (text: string): string => (text === '' ? NONE : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : value === null || value === undefined ? {} : { value });

/** `labelTags` is "label tags", `limitNanoUsd` "limit": its value says that it is money. */
const spaced = (field: string): string =>
  field
    .replace(/NanoUsd$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

/** The fields that a change moved; of something made or ended, every field that it had. @param zone in which moments are written */
export function changesOf(before: unknown, after: unknown, zone: string): FieldChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => !LEFT_OUT.has(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => ({ field: spaced(key), from: written(was[key], zone, key), to: written(is[key], zone, key) }))
    .filter(({ from, to }) => from !== null || to !== null);
}

/** `budget.thresholds_set` is "Budget thresholds set". */
export function whatOf(action: string): string {
  const [noun = '', ...rest] = action.split('.');
  const said = `${noun.replaceAll('_', ' ')} ${rest.join(' ').replaceAll('_', ' ')}`.trim();
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** What the log can be narrowed to. */
export const SUBJECTS = ['organisation', 'member', 'api_key', 'budget', 'workload', 'price', 'stop', 'channel', 'currency_rate'] as const;
