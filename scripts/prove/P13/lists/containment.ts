import type { PlantedFault } from '../fault';

/** Containment, rate limits and flags. */
export const containment: PlantedFault[] = [
  {
    test: 'N per minute is N',
    in: 'lib/spend/contain/rate.test.ts',
    at: 'lib/containment/rate/rules.ts',
    from: 'const SECONDS_LOOKED_AT = 60;',
    to: 'const SECONDS_LOOKED_AT = 50;',
  },
  {
    test: 'routing changes the model and the price',
    in: 'lib/spend/contain/biting.test.ts',
    at: 'lib/spend/contain/contain.ts',
    from: '...namedIn(route),',
    to: '...namedIn(route), model: request.model,',
  },
  {
    test: 'a feature off is off in both doors',
    in: 'lib/flag/flags.test.ts',
    at: 'lib/flag/evaluate.ts',
    from: 'const off = featureOff ?? (',
    to: 'const off = (',
  },
  {
    test: 'saving equals recomputation',
    in: 'lib/spend/contain/saving.test.ts',
    at: 'lib/spend/contain/savings.ts',
    from: 'nanoUsd(would - row.amountNano)',
    to: 'nanoUsd(would - hold.held)',
  },
  {
    test: 'saving equals recomputation',
    in: 'lib/spend/contain/saving.test.ts',
    at: 'lib/containment/effect/note.ts',
    from: 'if (holdIds.length === 0) return;',
    to: 'if (holdIds.length >= 0) return;',
  },
  {
    test: 'N per minute is N',
    in: 'lib/spend/contain/rate.test.ts',
    at: 'lib/containment/rate/rows.ts',
    from: 'ORDER BY action_id FOR UPDATE`',
    to: 'ORDER BY action_id`',
  },
  {
    test: 'never bites after its expiry',
    in: 'lib/spend/contain/biting.test.ts',
    at: 'lib/containment/rules.ts',
    from: 'action.expiresAt === null || now < action.expiresAt',
    to: 'action.expiresAt === null || now > 0',
  },
  {
    test: 'leads around no block of the model it leads to',
    in: 'lib/spend/contain/biting.test.ts',
    at: 'lib/spend/contain/contain.ts',
    from: 'refusal: block ?',
    to: 'refusal: null && block ?',
  },
  {
    test: 'what a level sets off is held to what a switch by hand is held to, field by field',
    in: 'lib/spend/limit/stops.test.ts',
    at: 'lib/spend/limit/level-faults.ts',
    from: '    requireSense({ ...action, scope }',
    to: '    if (scope === undefined) requireSense({ ...action, scope }',
  },
  {
    test: 'levels that make no sense are refused, field by field',
    in: 'lib/spend/limit/stops.test.ts',
    at: 'lib/budget/threshold/rows.ts',
    from: 'if (errors[0]) throw new Fault(errors[0].code',
    to: "if (errors[0]?.code === 'threshold.unknown_member') throw new Fault(errors[0].code",
  },
  {
    test: 'keep what they set off and whom they tell, in whichever order its parts are kept',
    in: 'components/budget/thresholds/draft.test.ts',
    at: 'components/budget/thresholds/draft.ts',
    from: 'actionsText(row.actions.map(actionOf)) === actionsText(was.actions)',
    to: 'JSON.stringify(row.actions.map(actionOf)) === JSON.stringify(was.actions)',
  },
  {
    test: 'the official provider hears of a feature that is off, of the model to use, and of the share that may flow',
    in: 'lib/flag/openfeature.test.ts',
    at: 'lib/flag/evaluate.ts',
    from: 'value: resumePercent / 100,',
    to: 'value: resumePercent,',
  },
];
