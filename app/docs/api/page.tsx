import type { Metadata } from 'next';
import { Operation } from '@/components/api-docs/operation';
import { Brand } from '@/components/shell/brand';
import { Panel } from '@/components/ui/panel';
import { doors } from '@/lib/api/doors';
import { operationsByTag } from '@/lib/api/operations';

export const metadata: Metadata = { title: 'API' };

export default function ApiPage() {
  const groups = operationsByTag(doors);
  return (
    <main className="mx-auto max-w-5xl px-4 py-6">
      <Brand />
      <h1 className="mt-4 text-balance font-semibold text-20">Everything a screen can do, a program can do</h1>
      <p className="mt-2 max-w-3xl text-13 text-ink-2">
        JSON in and out. Send an API key as <code>Authorization: Bearer hs_live_…</code>. Money is a string of whole nano-dollars in fields
        that end in <code>NanoUsd</code>; times are ISO 8601. Refusals are <code>application/problem+json</code> with a stable{' '}
        <code>code</code>. The same as{' '}
        <a className="text-accent underline" href="/api/openapi.json">
          OpenAPI 3.1
        </a>
        .
      </p>
      <div className="mt-4 space-y-4">
        {groups.map(({ tag, operations }) => (
          <Panel key={tag} title={tag} aside={`${operations.length}`}>
            {operations.map((operation) => (
              <Operation key={`${operation.method} ${operation.path}`} {...operation} />
            ))}
          </Panel>
        ))}
      </div>
    </main>
  );
}
