'use client';

import type { KnownValues } from '@/lib/budget/read/known-values';
import type { BudgetOut } from '@/lib/budget/schema';
import { SCOPE_FIELDS } from '@/lib/budget/scope';
import { useSpend } from '@/lib/insight/client';

const DAY_MS = 86_400_000;
const LOOKED_BACK_DAYS = 31;

/** What calls of a budget's workload have named in a month, asked for when the form is open: offered, and others may be typed. */
export function useSeenValues({ scope }: BudgetOut, serverNow: string): KnownValues {
  const to = new Date(`${serverNow.slice(0, 13)}:00:00Z`);
  const asked = (dimension: string): string =>
    new URLSearchParams({
      ...{ from: new Date(to.getTime() - LOOKED_BACK_DAYS * DAY_MS).toISOString(), to: to.toISOString(), groupBy: dimension },
      ...(typeof scope.workload === 'string' ? { workload: scope.workload } : {}),
    }).toString();
  const [feature, model, customer] = [useSpend(asked('feature')), useSpend(asked('model')), useSpend(asked('customer'))];
  const seen = { feature, model, customer };
  const fields = Object.fromEntries(
    SCOPE_FIELDS.map((field) => {
      const groups = field in seen ? (seen[field as keyof typeof seen].data?.groups ?? []) : [];
      return [field, groups.flatMap(({ key }) => key[field] || [])];
    }),
  ) as KnownValues['fields'];
  return { fields, tags: {}, withTraffic: [] };
}
