'use client';

import Link from 'next/link';
import { type GuardCheck, guardedWords } from '@/lib/playbook/guard';
import { Popover } from '../ui/overlay/popover';
import { Status } from '../ui/status';

/** How far a workload is guarded, in a row of a list; what is missing opens, each with its link. */
export function GuardCell({ name, checks }: { name: string; checks: GuardCheck[] }) {
  const missing = checks.filter((each) => each.missing !== null);
  if (missing.length === 0) return <Status kind="ok">{guardedWords(checks)}</Status>;
  return (
    <Popover
      title={`${name}: ${missing.length} missing`}
      trigger={
        <button
          type="button"
          className="-my-1 rounded-2 px-1 py-1 hover:bg-hover"
          aria-label={`${name} is guarded ${guardedWords(checks)}: what is missing`}
        >
          <Status kind="warn">{guardedWords(checks)}</Status>
        </button>
      }
    >
      <ul className="grid gap-2 text-12">
        {missing.map((check) => (
          <li key={check.key}>
            {check.missing}{' '}
            <Link href={check.href} className="whitespace-nowrap text-accent-ink underline underline-offset-2">
              {check.act}
              <span className="sr-only">: {check.label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
