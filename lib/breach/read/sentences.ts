import { formatPercent } from '@/lib/kernel/format-money';
import { formatTime } from '@/lib/kernel/format-time';
import type { Names } from './names';

type Detail = Record<string, unknown>;
type Say = (detail: Detail, by: string, names: Names, zone: string) => string;

const share = (value: unknown): string => (typeof value === 'number' ? formatPercent(value, 0) : 'A level');
const listed = (words: unknown, names: Names): string =>
  Array.isArray(words) ? words.map((each) => names(String(each))).join(', ') : 'nobody';
const quoted = (text: unknown): string => (typeof text === 'string' && text !== '' ? `: “${text}”` : '.');

const ACTIONS: Record<string, string> = {
  route: 'Cheaper model',
  rate_limit: 'Rate limit',
  disable_feature: 'Feature off',
  block: 'Block',
};
const actionWords = (kind: unknown): string => ACTIONS[String(kind)] ?? 'An action';

const PHASES: Record<string, string> = {
  open: 'Not contained any more',
  contained: 'Contained',
  recovering: 'Recovering',
  closed: 'Closed',
};

/** What was found of a burn rate or a forecast: "It spends 2 % of its amount within 1 h." */
const findingIn = (figures: unknown): string | null => {
  const finding = (figures as { finding?: unknown } | null)?.finding;
  return typeof finding === 'string' ? `It ${finding}.` : null;
};

const SAY: Record<string, Say> = {
  opened: ({ cause, level, stopId, figures }) => {
    const finding = findingIn(figures);
    if (finding !== null && stopId === null) return finding;
    if (cause === 'refusing') return 'Nothing passed for 15 minutes, while calls were refused.';
    return stopId === null ? `${share(level)} of the amount was reached.` : 'It was stopped.';
  },
  level_reached: ({ level, figures }) => findingIn(figures) ?? `${share(level)} of the amount was reached.`,
  stop_raised: ({ again }) => (again ? 'It was stopped again.' : 'It was stopped.'),
  stop_lifted: ({ why }, by) => `${by} lifted the stop${quoted(why)}`,
  action_prepared: ({ action }) => `Prepared, waits for a yes: ${actionWords(action)}.`,
  action_started: ({ action }) => `${actionWords(action)} switched on.`,
  action_ended: ({ action, why }) => `${actionWords(action)} ended${quoted(why)}`,
  told: ({ round, step, of, targets, nextClimbAt }, _, names, zone) => {
    const place = Number(step) > Number(of) ? 'The admins' : `Step ${step} of ${of}${Number(round) > 1 ? `, round ${round}` : ''}`;
    const next = typeof nextClimbAt === 'string' ? ` Climbs at ${formatTime(nextClimbAt, zone)}.` : '';
    return `${place}: told ${listed(targets, names)}.${next}`;
  },
  reminded: ({ member }, _, names) => `${names(String(member))} was reminded.`,
  acknowledged: ({ note }, by) => `${by} has it${quoted(note)}`,
  answer_expired: ({ by }, _, names) => `The answer of ${names(String(by))} counts no longer: it is not contained. It climbs again.`,
  cause_recorded: ({ cause }, by) => `${by} recorded the cause${quoted(cause)}`,
  kept_stopped: ({ text }, by) => `${by} keeps it stopped${quoted(text)}`,
  grant_asked: ({ text }, by) => `${by} asked for a grant${quoted(text)}`,
  phase: ({ to, why }) => `${PHASES[String(to)] ?? String(to)}. ${String(why ?? '')}`.trim(),
  closed: ({ summary }, by) => `${by} closed it${quoted(summary)}`,
  reopened: ({ why }, by) => `${by} opened it again${quoted(why)}`,
  note: ({ text }, by) => `${by} noted${quoted(text)}`,
};

/** What a line of the time line says. */
export const sentenceOf = (kind: string, detail: Detail, by: string, names: Names, zone: string): string =>
  SAY[kind]?.(detail, by, names, zone) ?? kind;
