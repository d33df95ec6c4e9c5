import type { Template } from './template';

/** Templates for every week, and for the bad night. */
export const operations: readonly Omit<Template, 'number'>[] = [
  {
    slug: 'weekly-cost-review',
    group: 'operations',
    title: 'Weekly cost review, fifteen minutes',
    when: 'Use it every week on the same day, with whoever runs the workloads.',
    body: `## Week of ______

**Three numbers** (3 min): spend ____ (last week ____) · refused calls ____ · cost per success ____.

**What moved most** (4 min): ______, because of price / volume / mix. Expected: yes / no.

**Who is next** (4 min): the budget that reaches its stop first: ______ on ______. What is done: ______ by ______.

**One thing less** (4 min): the prompt, feature or model that costs most for what it brings: ______. Try: ______ until next week.

**Nobody leaves** without the name behind each line.`,
  },
  {
    slug: 'hard-stop-drill',
    group: 'operations',
    title: 'Script of a hard-stop drill',
    when: 'Use it once a quarter, in a quiet hour, announced.',
    body: `## Drill of ______ on ______

**Before:** users and support know. The owner and the escalation owner are at hand. Fallback is written.

| minute | what is done | by | seen |
|---|---|---|---|
| 0 | Stop the budget by hand, reason “drill” | ______ | first refused call after ____ s |
| 1 | Look at what users see | ______ | ______ |
| 2 | Who was told, on which way? | ______ | after ____ s |
| 5 | Acknowledge on a phone, signed out | ______ | after ____ s |
| 10 | Lift the stop with a reason | ______ | first allowed call after ____ s |

**It failed if** a call passed after the stop, nobody was told within a minute, or users saw an error instead of the fallback.

**To mend, by whom, until when:** ______`,
  },
  {
    slug: 'incident-handover',
    group: 'operations',
    title: 'Hand-over of an incident',
    when: 'Use it when one shift hands an AI incident to the next.',
    body: `## ______, since ______, handed over at ______

**What it is,** in one sentence: ______

**What holds it now:** stop / cheaper model / rate limit / feature off; until ______.

**Money:** spent ____ of ____; presumed ____; set aside ____; expected until midnight ____.

**Users:** refused calls ____, customers ____; they see “______”.

**Tried, and what came of it:** ______

**Not yet known:** ______

**Next step:** ______ at ______. **Do not:** ______

From ______ to ______, who said: “I have it.”`,
  },
];
