import { z } from 'zod';
import type { Pins } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { UNITS_PER_RECORD } from '@/lib/kernel/units';
import { TRAFFIC_STAGE, tagsIn } from '@/lib/spend/schema';

const name = z.string().trim().min(1).max(200);
const headersIn = z.object({
  workload: name,
  feature: name.optional(),
  customer: name.optional(),
  tags: tagsIn.optional(),
  trafficStage: TRAFFIC_STAGE.optional(),
  minOutput: z.coerce.number().int().min(0).max(UNITS_PER_RECORD).optional(),
});

/** What a call is for, and the least output that its caller can do with. */
export type Said = z.output<typeof headersIn>;

const HEADERS = {
  workload: 'x-hardstop-workload',
  feature: 'x-hardstop-feature',
  customer: 'x-hardstop-customer',
  tags: 'x-hardstop-tags',
  trafficStage: 'x-hardstop-traffic-stage',
  minOutput: 'x-hardstop-min-output',
} as const;

/** `env=prod, team=search` as an object. */
const tagsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [key, ...value] = pair.split('=');
      return key?.trim() ? [[key.trim(), value.join('=').trim()]] : [];
    }),
  );

/**
 * What a call through the gateway is for: what its key pins, and for the rest what its headers say.
 * @throws Fault workload.unnamed · header.invalid
 */
export function whatFor(pins: Pins, headers: Headers): Said {
  const told = Object.fromEntries(
    Object.entries(HEADERS).flatMap(([field, header]) => {
      const value = headers.get(header);
      return value === null ? [] : [[field, field === 'tags' ? tagsOf(value) : value]];
    }),
  );
  const workload = pins.workload ?? told.workload;
  if (workload === undefined)
    throw new Fault('workload.unnamed', `Name the workload in the header ${HEADERS.workload}, or use a key that pins one.`);
  const parsed = headersIn.safeParse({ ...told, workload });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const header = HEADERS[issue?.path[0] as keyof typeof HEADERS];
  throw new Fault('header.invalid', `The header ${header} cannot be used: ${issue?.message}.`);
}
