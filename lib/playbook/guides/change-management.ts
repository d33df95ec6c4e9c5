import type { Guide } from './guide';

export const changeManagement: Guide = {
  slug: 'change-management',
  phase: 'run',
  title: 'AI change management for operations leaders',
  question: 'How do we get frontline teams to work with AI differently, and see that they do?',
  answer:
    'Change one habit of one team at a time. Name the habit, the champion in the team, the day of the week on which it is looked at, and the number that shows that it is kept. Roll on only when the number holds without the champion.',
  fastPath: [
    'Pick one team and one task that they do every day.',
    'Write the new habit as “when …, we …”.',
    'Ask someone from the team to be its champion, and give them two hours a week.',
    'Choose one number that the product already measures.',
    'Look at it on the same day every week, with the team.',
  ],
  steps: [
    {
      id: 'team',
      title: 'The team is chosen, and knows why them',
      why: 'A change for everybody is nobody’s.',
      how: 'Choose a team with one repeated task, a lead who wants it, and work that can be measured. Tell them what will be better for them, in their words.',
    },
    {
      id: 'habit',
      title: 'The habit is one sentence',
      why: '“Use AI more” cannot be seen, so it cannot be kept.',
      how: 'Write “when a ticket is about an invoice, we send the draft that the assistant wrote, after reading it”. One trigger, one act, one check.',
    },
    {
      id: 'champion',
      title: 'A champion from the team has time for it',
      why: 'People copy the colleague beside them, not the announcement.',
      how: 'Two hours a week in the plan, not on top. The champion shows, collects what goes wrong, and may change the habit’s wording.',
    },
    {
      id: 'guardrails',
      title: 'The team knows what happens when the budget stops',
      why: 'A tool that vanishes without a word is not used a second time.',
      how: 'Write the fallback of the workload with the team: what they see, how they work meanwhile, who they ask.',
      check: 'critical.fallback',
    },
    {
      id: 'signal',
      title: 'Adoption has one number, measured without asking anybody',
      why: 'Surveys say what people would like to be true.',
      how: 'Send outcomes with the calls: whether the draft was used, whether the case was solved. Success for each call is the adoption signal; cost for each success tells whether it pays.',
      check: 'outcomes',
    },
    {
      id: 'cadence',
      title: 'It is looked at every week, on the same day',
      why: 'A habit that nobody looks at lasts three weeks.',
      how: 'Fifteen minutes: the number, two examples that went well, two that did not, one change for the next week.',
    },
    {
      id: 'accountability',
      title: 'One leader answers for the number',
      why: 'Shared accountability is a meeting.',
      how: 'Name the operations leader who answers for the number, with a target and a date, and put it where their other numbers are.',
    },
    {
      id: 'owners',
      title: 'Each workload that the teams use has an owner',
      why: 'When it misbehaves, somebody must be able to change it the same day.',
      how: 'Name the owner on the workload’s page, and tell the team who it is.',
      check: 'owners',
    },
    {
      id: 'roll-on',
      title: 'The next team starts when the number holds without the champion',
      why: 'What the champion carries by hand falls when you carry it to the next team.',
      how: 'Four weeks in a row at target, the champion away for two of them. Then the next team, with the last champion as their guest.',
    },
  ],
  reviewEveryDays: 30,
  next: 'security-controls-review',
};
