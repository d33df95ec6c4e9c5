import type { Guide } from './guide';

export const promptInjection: Guide = {
  slug: 'prompt-injection-response',
  phase: 'run',
  title: 'Prompt-injection response',
  question: 'Somebody’s text has taken over one of our AI systems. What now, in which order?',
  answer:
    'Take its hands away before you argue with its head: switch off the feature or the tools that it misuses, keep the evidence, and name one owner. Only then mend the prompt, the tools and the checks, and let traffic back in stages.',
  fastPath: [
    'Switch the feature off, or block the customer or key that it comes from, with an expiry.',
    'Name the owner of the response, and write down the time.',
    'Keep the prompts, answers and tool calls of the last day.',
    'Find out what the tools did: what was sent, changed or bought.',
    'Take away the credentials that were within reach.',
  ],
  steps: [
    {
      id: 'owner',
      title: 'One owner, named within 15 minutes',
      why: 'Two people who both respond each wait for the other.',
      how: 'The escalation owner of the breach owns the response until they hand it over by name. Acknowledge the breach, so that everybody sees who has it.',
    },
    {
      id: 'contain',
      title: 'The parts that can be switched off are named beforehand',
      why: 'Every further call may be one more act on the attacker’s behalf; switching off a whole product is hard to decide at night.',
      how: 'Name the features of each critical workload, and have calls say them. On the day switch the feature off under Containment, or block the narrowest scope that covers it, with a reason and an expiry, and see refused calls begin to count.',
      check: 'critical.features',
    },
    {
      id: 'spend-signals',
      title: 'The spend-side signals are read',
      why: 'An attack shows in the usage before it shows in a complaint: longer answers, more calls a session, one customer out of all proportion.',
      how: 'In Spend compare the last hour with the same hour of last week by customer, by feature and by key. Look at output tokens for each call, and at tool calls.',
    },
    {
      id: 'evidence',
      title: 'Evidence is kept',
      why: 'Without the text that did it nobody can tell whether the mending works.',
      how: 'Export the records of the time in question, and copy prompts, answers and tool calls to a place that only responders can read. Do not paste them into chats.',
    },
    {
      id: 'tools-audited',
      title: 'What the tools did is known',
      why: 'The damage is rarely in the text; it is in the mail that was sent.',
      how: 'List every tool call of the time in question with its target. Undo what can be undone, and name what cannot.',
    },
    {
      id: 'credentials',
      title: 'Credentials within reach are changed',
      why: 'What the model could read, the attacker may have.',
      how: 'Rotate the keys that the system held or could read: provider, database, mail, our own. Take away the API key of the workload and make a new one.',
    },
    {
      id: 'told',
      title: 'Those affected are told, and whoever has to be',
      why: 'Customers hear it from you, or from somebody else.',
      how: 'Decide with legal whether it is a personal-data breach (72 hours in the EU). Tell the customers concerned what happened, what it touched, and what you did.',
    },
    {
      id: 'mended',
      title: 'The cause is mended, and a test holds the attack',
      why: 'The same text will come again, with other words.',
      how: 'Take the instruction out of reach: least tools, outside text kept apart, a person asked before what cannot be undone. Add the attack to the tests, with three rewordings.',
    },
    {
      id: 'back-in-stages',
      title: 'Back in stages, watched',
      why: 'A mended system is one that has not failed yet.',
      how: 'Open a recovery and resume at 1, 5, 25, 50 and 100 %, each step a day at least, with quality and refusals looked at.',
    },
    {
      id: 'review',
      title: 'A review without blame, with owners and dates',
      why: 'What has no owner and no date will happen again.',
      how: 'Within a week: what happened by the minute, what made it possible, what made it slow to see. Each action has one owner and a date, in the controls review.',
    },
  ],
  reviewEveryDays: 90,
  next: 'change-management',
};
