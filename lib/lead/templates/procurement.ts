import type { Template } from './template';

/** Templates for buying by use. */
export const procurement: readonly Omit<Template, 'number'>[] = [
  {
    slug: 'vendor-questions',
    group: 'procurement',
    title: 'Questions to an AI vendor',
    when: 'Send it before the first call with a vendor whose price is by use.',
    body: `## To ______

**Price.** What is billed, in which unit, rounded how? Are cached, reasoning and failed calls billed? What did the price of this model do in the last 12 months?

**Limits.** Can we set a limit in money that refuses calls, and within how many seconds does it bite under parallel calls? What happens to calls under way?

**Usage.** How soon after a call is its usage in an API, by key and by request? Does a broken stream report what it cost?

**Data.** Where are prompts kept, for how long, who can read them, are they used for training? Sub-processors?

**Change.** How long before a model ends or changes are we told? May we pin a version?

**Incidents.** Who do we call at night, and what have you committed to?

Answers by: ______  Read by: ______`,
  },
  {
    slug: 'contract-clauses',
    group: 'procurement',
    title: 'Clauses for a contract by usage',
    when: 'Give it to legal when a contract has a price by use and no ceiling.',
    body: `## To be agreed with ______

1. **Ceiling.** Charges above ______ a month are owed only after written consent for that month.
2. **Hard limit.** The provider refuses calls past a limit that we set, and bears what is served more than ____ seconds after it is reached.
3. **Usage.** Usage by key and request is available within ____ minutes, and is what the invoice is made from.
4. **Broken answers.** An answer that was not delivered is not billed beyond what was delivered.
5. **Prices.** Increases need 60 days’ notice and do not apply to committed volume.
6. **Model end.** A version stays available for 6 months after notice.
7. **Audit.** We may reconcile the invoice with our records; differences above 1 % are credited.

Priority for us: ____ ____ ____`,
  },
  {
    slug: 'price-change',
    group: 'procurement',
    title: 'A price has changed',
    when: 'Use it on the day a provider announces a new price.',
    body: `## ______ from ______ to ______, from ______ on

1. **Who uses it:** workloads ______; calls in 30 days ____; spend ____.
2. **What it will cost:** same volume at the new price ____ a month; difference ____.
3. **Budgets that will stop earlier:** ______ (simulate each on last month).
4. **What we do:** raise the amount / route to ______ / fewer tokens / nothing. Decided by each owner before ______.
5. **The price in the catalogue:** entered with its date by ______; calls without a price after that day: ____ (must be 0).
6. **Contract:** may they? Notice given: ____ days; agreed: ____ days.`,
  },
];
