import type { ReactNode } from 'react';
import { Brand } from './brand';

/** A page of one message, outside the frame: not found, failed, signed out. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-screen max-w-md content-center gap-3 px-4 py-8">
      <div className="-ml-2">
        <Brand />
      </div>
      <h1 className="text-balance font-semibold text-20">{title}</h1>
      {children}
    </main>
  );
}
