'use client';

import { useEffect, useRef } from 'react';
import type { FieldFault } from '@/lib/kernel/fault';
import { Icon } from '../icon';

/** Why the API refused what a form sent. */
export type FormProblem = { code: string; detail: string; errors: readonly FieldFault[]; requestId: string | null };

/** What is wrong with one field, for its `error`. @param pointer its place in the body, such as `/amount` */
export const faultAt = (problem: FormProblem | null, pointer: string): string | undefined =>
  problem?.errors.find((each) => each.pointer === pointer)?.detail;

/**
 * Says above a form's button what no field of it can say. When a field is at fault, the first such field gets the focus.
 * @param fields the pointers that the form shows at its fields
 */
export function FormFault({ problem, fields = [] }: { problem: FormProblem | null; fields?: readonly string[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem?.errors.length) place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const unsaid = problem?.errors.filter((each) => !fields.includes(each.pointer)) ?? [];
  const isSaid = problem === null || (problem.errors.length > 0 && unsaid.length === 0);
  return (
    <div
      ref={place}
      role="alert"
      className={isSaid ? 'sr-only' : 'flex gap-2 rounded-2 border border-stop bg-stop-tint px-3 py-2 text-12 text-ink'}
    >
      {isSaid ? null : (
        <>
          <Icon name="failed" className="mt-px size-3.5 text-stop" />
          <span>
            {unsaid.length > 0 ? unsaid.map((each) => each.detail).join(' ') : problem.detail}
            {problem.requestId && problem.code === 'internal' ? (
              <span className="ml-1 font-mono text-ink-2">ref {problem.requestId}</span>
            ) : null}
          </span>
        </>
      )}
    </div>
  );
}
