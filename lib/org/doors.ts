import { z } from 'zod';
import { door } from '@/lib/http/door';
import { listRates, organisationFrom, readOrganisation } from './reads';
import { currencyIn, organisationOut, rateIn, rateOut } from './schema';
import { setRate } from './set-rate';

const tag = 'Organisation';

export const getOrganisation = door({
  method: 'GET',
  path: '/api/v1/organisation',
  right: 'org.read',
  tag,
  summary: 'The organisation: its name, calendar, currency and label tags.',
  answer: organisationOut,
  run: async (ctx) => organisationFrom(await readOrganisation(ctx)),
});

export const getRates = door({
  method: 'GET',
  path: '/api/v1/currency-rates',
  right: 'org.read',
  tag,
  summary: 'The rates by which amounts in other currencies become dollars.',
  answer: z.object({ items: z.array(rateOut), nextCursor: z.null() }),
  run: async (ctx) => ({ items: await listRates(ctx), nextCursor: null }),
});

export const putRate = door({
  method: 'PUT',
  path: '/api/v1/currency-rates/{currency}',
  right: 'org.write',
  tag,
  summary: 'Set the rate of a currency; periods that have begun keep theirs.',
  params: z.object({ currency: currencyIn }),
  body: rateIn,
  answer: rateOut,
  run: (ctx, { params, body, ifMatch }) => setRate(ctx, params.currency, body.usdPerUnit, ifMatch),
});
