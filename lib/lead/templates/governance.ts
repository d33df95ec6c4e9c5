import type { Template } from './template';

/** Templates for who decides and who answers. */
export const governance: readonly Omit<Template, 'number'>[] = [
  {
    slug: 'budget-owner-charter',
    group: 'governance',
    title: 'Charter of a budget owner',
    when: 'Give it to whoever is to own a budget, and have them say yes.',
    body: `## I own the budget of ______ (______ a month)

**I decide** its amount, its levels, what is slowed at which level, and whether it refuses or observes.

**I answer** for every excess, with a cause and a correction within two working days.

**I look** at it on ______ for ten minutes: charged against plan, forecast, refused calls, cost per success.

**I am told** at 50 and 80 %, and at the stop. At night ______ is told first.

**I may spend the reserve** only by a grant that a second person approves: ______.

**I hand it over** in writing to ______ when I am away for more than two days.

Said yes on ______: ______`,
  },
  {
    slug: 'monthly-review',
    group: 'governance',
    title: 'Agenda of the monthly AI spend review',
    when: 'Use it once a month, forty-five minutes, with finance and the owners.',
    body: `## ______ (month)

1. **Figures** (5 min): spend ____, of it known ____, presumed ____, unpriced ____. Budgets past 80 %: ______.
2. **Excess by cause** (10 min): overrun ____, unasked ____, repriced ____. One sentence and one owner each.
3. **Value** (10 min): three workloads with the highest cost per success. Keep, change or end?
4. **Decisions that wait** (10 min): budgets that only observe; splits that the evidence advises; grants that are open.
5. **Gaps** (5 min): the first three open steps of the hard-stop check list.
6. **Next month** (5 min): what changes in volume, models or prices.

**Written down:** decision · owner · date, no more than seven.`,
  },
  {
    slug: 'model-change',
    group: 'governance',
    title: 'Approval of a model change',
    when: 'Use it for every change of model, provider or version in production.',
    body: `## Change: ______ to ______ for ______

**Why:** ______

**Evidence:** quality ____ % (____ to ____ %) over ____ outcomes; cost per success ____ against ____. Tests with known attacks: passed ____ of ____.

**What it costs at most:** hold for one call ____, budget a month ____. Price checked in the catalogue on ______.

**What changes for users:** ______

**Back within:** ____ minutes by ______ (routing prepared: yes / no)

Approved by the budget owner: ______  By security where tools or data change: ______  On: ______`,
  },
];
