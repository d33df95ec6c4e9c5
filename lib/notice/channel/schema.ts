import { z } from 'zod';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { attemptOut, CHANNEL_KINDS } from '../schema';

const name = z.string().trim().min(1, 'at least one character').max(200, 'at most 200 characters');
const url = z.url({ protocol: /^https?$/, error: 'an https:// address' }).max(2_000);
const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'whsec_ and 24 to 64 bytes in base64')
  .describe('Absent: one is made, and shown this once.');
const routingKey = z.string().regex(/^[A-Za-z0-9]{16,64}$/, 'the integration key of an Events API v2 integration: 32 letters and digits');

const CONFIGS = {
  email: z.strictObject({ addresses: z.array(z.email('an e-mail address').max(320)).min(1, 'at least one address').max(20, 'at most 20') }),
  webhook: z.strictObject({ url, secret: secret.optional() }),
  slack: z.strictObject({ url }),
  teams: z.strictObject({ url }),
  pagerduty: z.strictObject({ routingKey, url: url.optional().describe('Absent: PagerDuty outside of Europe.') }),
};

/** What a channel of each kind is opened with, as it comes in and as it is kept sealed. */
export type ChannelConfigs = { [kind in keyof typeof CONFIGS]: z.output<(typeof CONFIGS)[kind]> };

export const channelIn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), name, config: CONFIGS.email }),
  z.strictObject({ kind: z.literal('webhook'), name, config: CONFIGS.webhook }),
  z.strictObject({ kind: z.literal('slack'), name, config: CONFIGS.slack }),
  z.strictObject({ kind: z.literal('teams'), name, config: CONFIGS.teams }),
  z.strictObject({ kind: z.literal('pagerduty'), name, config: CONFIGS.pagerduty }),
]);
export type ChannelIn = z.output<typeof channelIn>;

export const channelChange = z
  .strictObject({ name, enabled: z.literal(true).describe('Takes notices again after it was switched off.') })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'at least one field to change');
export type ChannelChange = z.output<typeof channelChange>;

export const channelOut = z.object({
  ...{ id: z.string(), createdAt: z.string(), etag: z.string(), kind: z.enum(CHANNEL_KINDS), name: z.string() },
  state: z.enum(['live', 'disabled', 'ended']),
  leadsTo: z.string().describe('Where it leads, as far as that is no secret.'),
  ...{ disabledAt: z.string().nullable(), disabledWhy: z.string().nullable(), endedAt: z.string().nullable() },
  lastAttempt: attemptOut.omit({ n: true }).nullable(),
});
export type Channel = z.output<typeof channelOut>;

export const madeChannelOut = channelOut.extend({
  secret: z.string().nullable().describe("A webhook's signing secret, shown this once; null for other kinds."),
});
export type MadeChannel = z.output<typeof madeChannelOut>;

export const channelsOut = pageOf(channelOut);
export const channelsQuery = z.strictObject({
  ...pageQuery,
  state: channelOut.shape.state.optional(),
  kind: z.enum(CHANNEL_KINDS).optional(),
});
export const channelParams = z.strictObject({ id: z.string().min(1).max(100) });
export const endQuery = z.strictObject({ reason: z.string().trim().min(1).max(1_000).optional() });
