import { z } from 'zod';
import { amountIn } from '@/lib/budget/schema';
import { memberOut } from '@/lib/org/member/schema';
import { firstAdminIn, organisationIn, organisationOut, rateIn } from '@/lib/org/schema';

/** What the first form says. Amounts are by the month, in the organisation's currency. */
export const setUpIn = z.strictObject({
  organisation: organisationIn,
  admin: firstAdminIn,
  usdPerUnit: rateIn.shape.usdPerUnit
    .optional()
    .describe("Dollars for one unit of the organisation's currency, unless that is the dollar."),
  budgets: z.strictObject({ everything: amountIn.default('1000.00'), unassigned: amountIn.default('100.00') }).prefault({}),
});
export type SetUpIn = z.output<typeof setUpIn>;

export const setUpOut = z.object({ organisation: organisationOut, member: memberOut });
export type SetUp = z.output<typeof setUpOut>;
