'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { type ApiProblem, callApi } from '@/lib/http/call';
import { type CatalogueModel, nearestModel, searchTexts } from './nearest';
import type { pricesOut } from './schema';

type PricesOut = z.output<typeof pricesOut>;

/** What the catalogue has under a name most like a model's that it does not know: a hint to look at, never a price. */
export const useNearestModel = (provider: string, model: string): UseQueryResult<CatalogueModel | null, ApiProblem> =>
  useQuery<CatalogueModel | null, ApiProblem>({
    queryKey: ['prices', 'nearest', provider, model],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const search = (part: Record<string, string>) =>
        callApi<PricesOut>('GET', `/api/v1/prices?${new URLSearchParams({ ...part, limit: '1' })}`, undefined, { signal });
      const places: Record<string, string>[] = [{ provider: provider.trim().toLowerCase() }, {}];
      for (const within of places) {
        const answers = await Promise.all(searchTexts(model).map((text) => search({ ...within, model: text })));
        const nearest = nearestModel(
          model,
          answers.flatMap((answer) => answer.catalogue.items),
        );
        if (nearest) return nearest;
      }
      return null;
    },
  });
