import type { TestOrg } from '@/lib/testing/an-org';

/** A request about a resource that an organisation has: its admin may make it, everyone else's must not find it. */
export type Example = (org: TestOrg) => Promise<{ params: Record<string, string>; query?: Record<string, string>; body?: unknown }>;
