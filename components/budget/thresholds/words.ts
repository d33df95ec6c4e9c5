import { formatMoney } from '@/lib/kernel/format-money';
import { actionOf, actionWords } from './action-draft';
import { amountAt, type Row } from './draft';

/** A budget as the sentences of its levels need it. */
export type LevelFacts = {
  amountNanoUsd: string;
  chargedNanoUsd: string;
  enforces: boolean;
  /** Names of whom a level may tell, by target. */
  names: ReadonlyMap<string, string>;
};

/** What the levels do, in a sentence: what starts by itself, and what waits for a yes. */
function doesWords(row: Row): string {
  const actions = row.actions.map(actionOf);
  const [first, last] = (['automatic', 'ask'] as const).map((mode) => actions.filter((each) => each.mode === mode).map(actionWords));
  const now = first?.join('; ') ?? '';
  const asks = last && last.length > 0 ? `waits for a yes: ${last.join('; ')}` : '';
  return [now, asks].filter(Boolean).join('; ');
}

function told(row: Row, names: LevelFacts['names']): string {
  const said = row.tell.map((target) => {
    const name = names.get(target) ?? target;
    // A duty is no proper name.
    return target.includes(':') ? name : name.charAt(0).toLowerCase() + name.slice(1);
  });
  return said.length === 0 ? '' : ` Tells ${said.join(', ')}.`;
}

/** What is so of a level that spend has passed: whether saving sets it off, or it has done so already. */
function passedWords(row: Row, was: Row | undefined, isPassed: boolean): string {
  if (!isPassed) return '';
  const isSame = was !== undefined && was.kind === row.kind && was.percent === row.percent;
  if (!isSame && row.kind !== 'stop') return ' Already passed: it fires when you save.';
  const acts = (each: Row) => JSON.stringify(each.actions.map(actionOf));
  return isSame && acts(was) !== acts(row)
    ? ' Already passed: what is changed here acts in the next period, or once a stop is lifted.'
    : ' Already passed.';
}

/**
 * What happens at a row: a first word that is the act, and the rest of the sentence.
 * @param was the row as it is kept; undefined where it is new
 */
export function sentenceOf(row: Row, budget: LevelFacts, was?: Row): [act: string, rest: string] {
  const tells = told(row, budget.names);
  if (row.burn || row.withinDays !== null) return aheadSentence(row, budget, tells);
  const nano = amountAt(row, budget.amountNanoUsd);
  const word = row.kind === 'stop' ? 'Stop' : row.kind === 'contain' ? 'Contain' : 'Notify';
  if (nano === null) return [word, ' once its level is given.'];
  const at = formatMoney(nano);
  const asks = row.actions.some((each) => each.mode === 'ask');
  const answer = row.mustAnswer || asks ? ' Someone must answer for it.' : ' Nobody has to answer.';
  const rest = `${answer}${tells}${passedWords(row, was, BigInt(budget.chargedNanoUsd) >= nano)}`;
  const does = doesWords(row);
  const observes = budget.enforces || does === '' ? '' : ' It observes, so nothing of this is done.';
  if (row.kind === 'stop') {
    const refused = budget.enforces
      ? 'the next paid call of its scope is refused'
      : 'it would refuse the next paid call; it observes, so it does not';
    return ['Stop', ` at ${at} charged: ${refused}${does && `; ${does}`}. Every budget has exactly one stop.${rest}`];
  }
  if (row.kind === 'contain')
    return ['Contain', ` at ${at} charged: ${does || 'no action is set, so nothing is slowed'}.${observes}${rest}`];
  return ['Notify', ` when ${at} is charged: marked on the bar and in the picture.${rest}`];
}

/** What happens at a burn rate or a forecast: what it looks at, and that it fires again only after it was quiet for as long. */
function aheadSentence(row: Row, budget: LevelFacts, tells: string): [act: string, rest: string] {
  const days = row.withinDays === 1 ? 'a day' : `${row.withinDays} days`;
  const when = row.burn
    ? `when ${row.percent} % of the amount is spent within 1/${Number(row.percent) < 5 ? 720 : 120} of the period, and its last twelfth goes on so`
    : `when the forecast reaches the limit within ${days}`;
  const asks = row.mustAnswer || row.actions.some((each) => each.mode === 'ask');
  const does = doesWords(row);
  const acts = does === '' ? '' : budget.enforces ? `: ${does}` : ': it observes, so nothing is done';
  return [row.kind === 'contain' ? 'Contain' : 'Notify', ` ${when}${acts}.${asks ? ' Someone must answer for it.' : ''}${tells}`];
}
