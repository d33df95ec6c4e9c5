/** What a state has to show, by which addresses are made; null where it has none. */
export type Shown = { budget: string; workload: string | null; breach: string | null; link: string | null; invitation: string };

export type Screen = {
  name: string;
  /** Where it is; null in a state that has nothing to show there. */
  at: string | ((shown: Shown) => string | null);
  /** Seen by nobody who is signed in. */
  outside?: true;
  /** Asks, or lists what no state changes: its first line may be the same in every one. */
  constant?: true;
};

/** Every screen that people see. A new one is one line here. */
export const SCREENS: Screen[] = [
  { name: 'Overview', at: '/' },
  { name: 'Explore', at: '/spend' },
  { name: 'Records', at: '/spend/records' },
  { name: 'Value', at: '/spend/value' },
  { name: 'Budgets', at: '/budgets' },
  { name: 'One budget', at: ({ budget }) => `/budgets/${budget}` },
  { name: 'New budget', at: '/budgets/new', constant: true },
  { name: 'Workloads', at: '/workloads' },
  { name: 'One workload', at: ({ workload }) => workload && `/workloads/${workload}` },
  { name: 'Containment', at: '/containment' },
  { name: 'Breaches', at: '/breaches' },
  { name: 'One breach', at: ({ breach }) => breach && `/breaches/${breach}` },
  { name: 'Report', at: ({ breach }) => breach && `/breaches/${breach}/report` },
  { name: 'Playbooks', at: '/playbooks' },
  { name: 'Working brief', at: '/playbooks/brief' },
  { name: 'Implementation audit', at: '/playbooks/audit' },
  { name: 'One playbook', at: '/playbooks/budget-hard-stop' },
  { name: 'Data', at: '/data' },
  { name: 'First run', at: '/start' },
  { name: 'Organisation', at: '/settings', constant: true },
  { name: 'Members', at: '/settings/members' },
  { name: 'API keys', at: '/settings/keys' },
  { name: 'Providers', at: '/settings/providers', constant: true },
  { name: 'Prices', at: '/settings/prices', constant: true },
  { name: 'Channels', at: '/settings/channels', constant: true },
  { name: 'Escalation', at: '/settings/escalation', constant: true },
  { name: 'Change log', at: '/settings/log' },
  { name: 'Sign-in', at: '/sign-in', outside: true, constant: true },
  { name: 'Join', at: ({ invitation }) => `/join/${invitation}`, outside: true, constant: true },
  { name: 'Acknowledge', at: ({ link }) => link && `/a/${link}`, outside: true },
  { name: 'Guides', at: '/guides', outside: true, constant: true },
  { name: 'One guide', at: '/guides/budget-hard-stop', outside: true, constant: true },
  { name: 'Templates', at: '/guides/templates', outside: true, constant: true },
  { name: 'One template', at: '/guides/templates/weekly-cost-review', outside: true, constant: true },
  { name: 'Help', at: '/guides/help', outside: true, constant: true },
  { name: 'API', at: '/docs/api', outside: true, constant: true },
];

/** Where the first organisation is made: there until there is one. */
export const SET_UP: Screen = { name: 'Set-up', at: '/setup', outside: true, constant: true };
