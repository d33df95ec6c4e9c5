import type { Guide } from './guide';

export const securityReview: Guide = {
  slug: 'security-controls-review',
  phase: 'find',
  title: 'AI security controls review',
  question: 'Which controls of our AI systems are missing, who closes the gap, and by when?',
  answer:
    'Go through ten controls once a quarter. Give each gap a risk, one owner and a date; what has no date is not being closed. Start with keys: a leaked key is the quickest way to somebody else’s bill on your account.',
  fastPath: [
    'List the keys that can spend, and pin each to its workload.',
    'Take away the keys that nobody has used.',
    'Make sure that a second admin can act when the first is away.',
    'Write down which tools each agent may call, and what the worst call is.',
  ],
  steps: [
    {
      id: 'keys-pinned',
      title: 'Every key that can spend is pinned to a workload',
      why: 'With a key that is not pinned a program can spend under any name, and pass a budget by.',
      how: 'Make a key for each workload with the workload pinned, put it in place, and take the old one away.',
      check: 'keys_pinned',
    },
    {
      id: 'keys-used',
      title: 'No key lies unused for 90 days',
      why: 'A forgotten key is in a forgotten place.',
      how: 'Take away the keys that were not used. What still needs one will say so within the hour.',
      check: 'keys_used',
    },
    {
      id: 'second-admin',
      title: 'There is a second admin',
      why: 'One admin is ill, on a plane, or gone: grants and keys need somebody else.',
      how: 'Invite a second person as admin, and see that they have signed in.',
      check: 'second_admin',
    },
    {
      id: 'provider-keys',
      title: 'Provider keys live in one place',
      why: 'A provider’s key in a program’s settings goes around every budget.',
      how: 'Keep provider keys at the gateway only. Rotate those that programs have had, so that the old ones are worth nothing.',
    },
    {
      id: 'least-tools',
      title: 'Each agent has only the tools that it needs',
      why: 'What an agent cannot call, no text can talk it into calling.',
      how: 'For each agent list its tools with the worst thing that one call of each can do. Take away what is not needed, and ask a person before what cannot be undone.',
    },
    {
      id: 'untrusted-input',
      title: 'Text from outside is marked and kept apart',
      why: 'Mail, tickets, web pages and files are written by strangers, and a model reads instructions wherever it finds them.',
      how: 'Pass outside text in its own message or field, never inside the instructions. Do not let its contents choose tools, recipients or addresses.',
    },
    {
      id: 'output-checked',
      title: 'Output is checked before it acts or is shown',
      why: 'Links, code and addresses in an answer leave the model’s world.',
      how: 'Validate structured output against a schema, escape what is shown, allow only known hosts in links and pictures.',
    },
    {
      id: 'customers-apart',
      title: 'One customer cannot see, or spend for, another',
      why: 'Context that is shared between customers leaks, and one customer’s loop uses everybody’s budget.',
      how: 'Name the customer with each call, give large customers a budget of their own, and test that one’s documents never appear in another’s answers.',
    },
    {
      id: 'logs-clean',
      title: 'Prompts that are logged hold no secrets, and have an end',
      why: 'The log of an assistant knows more than any table you have classified.',
      how: 'Decide which prompts are kept, for how long, and who may read them. Filter keys, card numbers and health data before writing.',
    },
    {
      id: 'exercise',
      title: 'The response was exercised in the last half year',
      why: 'The first time is too slow, and it should not be the real one.',
      how: 'Walk through a prompt injection on paper with the people who would be called: who contains, who tells customers, who writes the report.',
    },
  ],
  reviewEveryDays: 90,
  next: 'budget-hard-stop',
};
