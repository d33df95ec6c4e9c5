/** `npm run migrate` applies what is missing to DATABASE_URL; `npm run migrate -- diff` shows what schema.prisma says beyond it. */
import { databaseUrl } from '@/lib/env';
import { drift, migrate } from './migrate/apply';

if (process.argv[2] === 'diff') {
  const missing = await drift(databaseUrl(), process.env.SHADOW_DATABASE_URL ?? '');
  console.log(missing || 'The migrations make exactly what schema.prisma says.');
  process.exitCode = missing ? 2 : 0;
} else {
  const applied = await migrate(databaseUrl());
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to apply.');
}
