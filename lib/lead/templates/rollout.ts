import type { Template } from './template';

/** Templates for bringing AI to users. */
export const rollout: readonly Omit<Template, 'number'>[] = [
  {
    slug: 'first-four-weeks',
    group: 'rollout',
    title: 'The first four weeks of an AI workload',
    when: 'Use it when a workload is about to meet its first real users.',
    body: `## Workload: ______  Owner: ______  Start: ______

**Week 1, observe.** Report every call with workload, feature and customer. Make a budget of ______ that observes. Look at what it would have refused on Friday.

**Week 2, bound.** Set the output limit of each call to what its users need: ______ tokens. Ask before each call, or go through the gateway. Write what users see while calls are refused: ______.

**Week 3, enforce.** Switch the budget to enforce with the stop at 95 %. Set a cheaper model at 80 %: ______. Name who is told of a breach: ______ first, ______ after 15 minutes.

**Week 4, prove.** Stop it on purpose in a quiet hour. Write down: told after ____ min, answered after ____ min, lifted after ____ min. Send outcomes with calls, and set a target for the cost of a success: ______.

**Go on when** four of four are done. Otherwise repeat the week that failed.`,
  },
  {
    slug: 'go-no-go',
    group: 'rollout',
    title: 'Go or no-go before more traffic',
    when: 'Use it in the meeting that decides on the next traffic stage.',
    body: `## ______ from ______ to ______

| question | threshold | measured | yes or no |
|---|---|---|---|
| Quality, lower end of the interval | at least ____ % | ____ % | |
| Outcomes that say so | at least 200 | ____ | |
| Cost per success | at most ____ | ____ | |
| Refused calls in the last 7 days | at most ____ | ____ | |
| Breaches that are open | 0 | ____ | |
| Days in the present stage | at least ____ | ____ | |

**Go** only with six times yes. One no: name who mends it and by when, and meet again.

Decided by: ______  On: ______  Budget from that day: ______`,
  },
  {
    slug: 'rollback',
    group: 'rollout',
    title: 'Rollback plan',
    when: 'Write it before the rollout; read it when the rollout goes wrong.',
    body: `## Rolling back ______

**We roll back when** (any one): quality under ____ % over 50 outcomes; cost per success above ______ for 24 hours; a breach that nobody can explain in 30 minutes.

**Who decides:** ______, and when away ______. Nobody else is needed.

**In this order**

1. Route the workload back to ______ (prepared under Containment: one click).
2. Switch off the feature ______ if it came with the rollout.
3. Tell support: "______".
4. Keep the prompts and answers of the last day for whoever looks into it.
5. Write the time of each step here: ____ · ____ · ____ · ____

**Back again** in stages: 1, 5, 25, 50, 100 %, a day each, with the numbers of go-or-no-go.`,
  },
];
