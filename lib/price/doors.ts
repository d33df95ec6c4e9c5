import { door } from '@/lib/http/door';
import { listPrices } from './reads';
import { pricesOut, pricesQuery } from './schema';

export const listPricesDoor = door({
  method: 'GET',
  path: '/api/v1/prices',
  right: 'price.read',
  tag: 'Prices',
  summary: "Prices that were set, and the catalogue's of models whose name contains a text",
  query: pricesQuery,
  answer: pricesOut,
  run: (ctx, { query }) => listPrices(ctx, query),
});
