import { z } from 'zod';
import { type Door, openDoor } from '@/lib/http/door';
import { callThrough } from './call';
import { passThrough } from './free';
import { anthropicMessages } from './wire/anthropic-messages';
import type { Body, Endpoint } from './wire/endpoint';
import { openAiChat } from './wire/openai-chat';
import { openAiEmbeddings } from './wire/openai-embeddings';
import { openAiResponses } from './wire/openai-responses';

const sign = { right: 'gateway.call', tag: 'Gateway', hot: true } as const;
const slug = z.object({ provider: z.string().min(1).max(100) });
const theProviders = z.looseObject({}).describe("the provider's own answer, streamed where it streams");

const paidDoor = (endpoint: Endpoint, summary: string): Door =>
  openDoor({
    ...sign,
    method: 'POST',
    path: `/api/gateway/{provider}/v1/${endpoint.path}`,
    summary,
    params: slug,
    body: z.looseObject({}).describe("the provider's own request"),
    answer: theProviders,
    run: (caller, { params, body }, request) =>
      callThrough(caller, params.provider.toLowerCase(), { endpoint, body: body as Body, request }),
  });

/** The doors that a paid call goes through: each is bounded, asked for, and settled. */
export const chatDoor = paidDoor(openAiChat, "OpenAI's chat completions, within budget");
export const responsesDoor = paidDoor(openAiResponses, "OpenAI's responses, within budget");
export const embeddingsDoor = paidDoor(openAiEmbeddings, "OpenAI's embeddings, within budget");
export const messagesDoor = paidDoor(anthropicMessages, "Anthropic's messages, within budget");

/** Addresses that cost nothing: passed on with the provider's key and without a hold. */
export const countTokensDoor = openDoor({
  ...sign,
  method: 'POST',
  path: '/api/gateway/{provider}/v1/messages/count_tokens',
  summary: "Anthropic's count of a request's tokens, which costs nothing",
  params: slug,
  body: z.looseObject({}),
  answer: theProviders,
  run: (caller, { params, body }, request) =>
    passThrough(caller, params.provider.toLowerCase(), { wire: 'anthropic', path: 'messages/count_tokens', body: body as Body, request }),
});

export const modelsDoor = openDoor({
  ...sign,
  method: 'GET',
  path: '/api/gateway/{provider}/v1/models',
  summary: "The provider's list of models, which costs nothing",
  params: slug,
  answer: theProviders,
  run: (caller, { params }, request) => passThrough(caller, params.provider.toLowerCase(), { wire: null, path: 'models', request }),
});

/** Every door that leads to a provider. */
export const gatewayDoors: Door[] = [chatDoor, responsesDoor, embeddingsDoor, messagesDoor, countTokensDoor, modelsDoor];
