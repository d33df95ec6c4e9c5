import { door, openDoor } from '@/lib/http/door';
import { noticeOut } from '../schema';
import { changeChannel, endChannel, rotateSecret } from './change';
import { makeChannel } from './make';
import { channelFrom, listChannels, readChannel } from './reads';
import { channelChange, channelIn, channelOut, channelParams, channelsOut, channelsQuery, endQuery, madeChannelOut } from './schema';
import { tryChannel } from './try';

const tag = 'Channels';
const path = '/api/v1/channels/{id}';

export const getChannels = door({
  method: 'GET',
  path: '/api/v1/channels',
  right: 'channel.read',
  tag,
  summary: 'Channels that notices can be sent by, newest first; never what opens them.',
  query: channelsQuery,
  answer: channelsOut,
  run: (ctx, { query }) => listChannels(ctx, query),
});

export const getChannel = door({
  method: 'GET',
  path,
  right: 'channel.read',
  tag,
  summary: 'One channel.',
  params: channelParams,
  answer: channelOut,
  run: async (ctx, { params }) => channelFrom(await readChannel(ctx, params.id)),
});

export const postChannel = door({
  method: 'POST',
  path: '/api/v1/channels',
  right: 'channel.write',
  tag,
  summary: "Make a channel: e-mail, a signed webhook, Slack, Teams or PagerDuty. A webhook's secret is in the answer, this once.",
  body: channelIn,
  answer: madeChannelOut,
  status: 201,
  isSecret: true,
  run: (ctx, { body }) => makeChannel(ctx, body),
});

export const patchChannel = door({
  method: 'PATCH',
  path,
  right: 'channel.write',
  tag,
  summary: 'Rename a channel, or switch it on again.',
  params: channelParams,
  body: channelChange,
  answer: channelOut,
  run: (ctx, { params, body, ifMatch }) => changeChannel(ctx, params.id, body, ifMatch),
});

export const deleteChannel = door({
  method: 'DELETE',
  path,
  right: 'channel.write',
  tag,
  summary: 'End a channel; what has not left by it is cancelled.',
  params: channelParams,
  query: endQuery,
  answer: channelOut,
  run: (ctx, { params, query }) => endChannel(ctx, params.id, query.reason ?? null),
});

export const testChannel = openDoor({
  method: 'POST',
  path: '/api/v1/channels/{id}/test',
  right: 'channel.write',
  tag,
  summary: 'Send a test notice by a channel and wait for what comes of it.',
  params: channelParams,
  answer: noticeOut,
  run: (caller, { params }) => tryChannel(caller, params.id),
});

export const rotateChannelSecret = door({
  method: 'POST',
  path: '/api/v1/channels/{id}/secret',
  right: 'channel.write',
  tag,
  summary: 'Give a webhook a new signing secret, shown this once; for 24 hours both sign.',
  params: channelParams,
  answer: madeChannelOut,
  isSecret: true,
  run: (ctx, { params }) => rotateSecret(ctx, params.id),
});
