'use client';

import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, callApi } from '@/lib/http/call';
import type { PriceOut } from '@/lib/price/schema';
import type { RepricedOut } from './doors';

/** A price as the form has it: exact nano-dollars a million units, as text. */
export type NewPrice = { provider: string; model: string; unit: string; nanoUsdPerMillion: string };

/** Asks what setting prices would do, and does nothing. */
export const usePreviewPrices = (): UseMutationResult<RepricedOut, ApiProblem, NewPrice[]> =>
  useMutation<RepricedOut, ApiProblem, NewPrice[]>({
    mutationFn: (prices) => callApi<RepricedOut>('POST', '/api/v1/prices/preview', { prices }),
  });

/** Sets prices and prices what waited for them. `confirm` says yes to a stop that this raises. */
export function useSetPrices(): UseMutationResult<RepricedOut, ApiProblem, { prices: NewPrice[]; confirm: boolean; key: string }> {
  const queries = useQueryClient();
  return useMutation<RepricedOut, ApiProblem, { prices: NewPrice[]; confirm: boolean; key: string }>({
    mutationFn: async ({ key, ...body }) =>
      (await callApi<{ repriced: RepricedOut }>('POST', '/api/v1/prices', body, { idempotencyKey: key })).repriced,
    // Figures of every screen may have moved.
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Ends a price from now on; what it priced stays as booked. `etag` is of the one that was read. */
export function usePriceEnd(): UseMutationResult<PriceOut, ApiProblem, { id: string; etag: string }> {
  const queries = useQueryClient();
  return useMutation<PriceOut, ApiProblem, { id: string; etag: string }>({
    mutationFn: ({ id, etag }) => callApi<PriceOut>('DELETE', `/api/v1/prices/${encodeURIComponent(id)}`, undefined, { ifMatch: etag }),
    onSuccess: () => queries.invalidateQueries(),
  });
}
