import type { StatusKind } from '../ui/status';

export const KIND_WORDS = {
  email: ['E-mail', 'To up to 20 addresses.'],
  webhook: ['Webhook', 'To an endpoint of yours, signed.'],
  slack: ['Slack', 'To a channel, by an incoming webhook.'],
  teams: ['Teams', 'To a channel, by a workflow.'],
  pagerduty: ['PagerDuty', 'One incident a breach.'],
} as const;
export type KindName = keyof typeof KIND_WORDS;

/** How a notice travels, after whom it is for. */
export const VIA_WORDS: Record<KindName | 'app', string> = {
  app: 'in the app',
  email: 'by e-mail',
  webhook: 'by webhook',
  slack: 'by Slack',
  teams: 'by Teams',
  pagerduty: 'by PagerDuty',
};

export const STATE_WORDS = {
  waiting: ['taking_hold', 'waiting'],
  delivered: ['ok', 'delivered'],
  failed: ['warn', 'tried again'],
  dead: ['failed', 'given up'],
  cancelled: ['off', 'cancelled'],
} as const satisfies Record<string, readonly [StatusKind, string]>;
export type StateName = keyof typeof STATE_WORDS;

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
const counted = (count: number, one: string): string => `${NUMBERS[count] ?? count} ${one}${count === 1 ? '' : 's'}`;

/** The first line of the tab: who would be told now, and by what. @param dead how many notices reached nobody */
export function channelsLine(live: number, disabled: number, dead: number): string {
  if (dead > 0) return `${counted(dead, 'notice')} reached nobody. Mend the channel, then send ${dead === 1 ? 'it' : 'them'} again.`;
  if (disabled > 0)
    return `${counted(disabled, 'channel')} ${disabled === 1 ? 'is' : 'are'} switched off: nobody is told by ${disabled === 1 ? 'it' : 'them'}.`;
  if (live === 0) return 'No channel leads outside: people are told in the app alone.';
  return `${counted(live, 'channel')} ${live === 1 ? 'takes' : 'take'} notices, and everything sent has arrived.`;
}
