import type { Metadata } from 'next';
import { Operation } from '@/components/api-docs/operation';
import { Brand } from '@/components/shell/brand';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { Panel } from '@/components/ui/panel';
import { doors } from '@/lib/api/doors';
import { operationsByTag } from '@/lib/api/operations';

export const metadata: Metadata = { title: 'API' };

/** What a part is called in the address. */
const idOf = (tag: string): string => tag.toLowerCase().replaceAll(/\W+/g, '-');

export default function ApiPage() {
  const groups = operationsByTag(doors);
  return (
    <main className="mx-auto max-w-5xl px-4 py-6">
      <header className="-ml-2 flex items-center">
        <Brand />
        <span className="ml-auto">
          <ThemeSwitch />
        </span>
      </header>
      <h1 className="mt-4 text-balance font-semibold text-20">Everything a screen can do, a program can do.</h1>
      <p className="mt-2 max-w-3xl text-13 text-ink-2">
        JSON in and out. An API key is sent in the header <code>Authorization: Bearer hs_live_…</code> with each request. Money is a string
        of whole nano-dollars in fields that end in <code>NanoUsd</code>; times are ISO 8601. Refusals are{' '}
        <code>application/problem+json</code> with a stable <code>code</code>. The same as a document for programs:{' '}
        <a className="text-accent-ink underline" href="/api/openapi.json">
          OpenAPI 3.1
        </a>
        .
      </p>
      <nav aria-label="Parts" className="mt-3 flex flex-wrap gap-x-3 gap-y-1 text-13">
        {groups.map(({ tag }) => (
          <a key={tag} href={`#${idOf(tag)}`} className="inline-flex min-h-6 items-center text-accent-ink hover:underline">
            {tag}
          </a>
        ))}
      </nav>
      <div className="mt-4 space-y-4">
        {groups.map(({ tag, operations }) => (
          <Panel key={tag} id={idOf(tag)} title={tag} aside={`${operations.length}`}>
            {operations.map((operation) => (
              <Operation key={`${operation.method} ${operation.path}`} {...operation} />
            ))}
          </Panel>
        ))}
      </div>
    </main>
  );
}
