import { door } from '@/lib/http/door';
import { changeProvider, endProvider, makeProvider } from './change';
import { listProviders, providerFrom, readProvider } from './reads';
import { providerChange, providerIn, providerOut, providerParams, providersOut, providersQuery } from './schema';

const tag = 'Providers';
const path = '/api/v1/providers/{slug}';

export const getProviders = door({
  method: 'GET',
  path: '/api/v1/providers',
  right: 'provider.read',
  tag,
  summary: 'Where the gateway sends calls, all of them by name; never a key.',
  query: providersQuery,
  answer: providersOut,
  run: async (ctx) => ({ items: await listProviders(ctx), nextCursor: null }),
});

export const getProvider = door({
  method: 'GET',
  path,
  right: 'provider.read',
  tag,
  summary: 'One provider.',
  params: providerParams,
  answer: providerOut,
  run: async (ctx, { params }) => providerFrom(await readProvider(ctx, params.slug)),
});

export const postProvider = door({
  method: 'POST',
  path: '/api/v1/providers',
  right: 'provider.write',
  tag,
  summary: 'Make a provider, which is an address that speaks one of the two wires. Its key is kept encrypted and never shown.',
  body: providerIn,
  answer: providerOut,
  status: 201,
  isSecret: true,
  run: (ctx, { body }) => makeProvider(ctx, body),
});

export const patchProvider = door({
  method: 'PATCH',
  path,
  right: 'provider.write',
  tag,
  summary: 'Change where a provider is, or its key.',
  params: providerParams,
  body: providerChange,
  answer: providerOut,
  run: (ctx, { params, body, ifMatch }) => changeProvider(ctx, params.slug, body, ifMatch),
});

export const deleteProvider = door({
  method: 'DELETE',
  path,
  right: 'provider.write',
  tag,
  summary: 'End a provider and forget its key; openai and anthropic go back to what they are from the start.',
  params: providerParams,
  answer: providerOut,
  run: (ctx, { params }) => endProvider(ctx, params.slug),
});
