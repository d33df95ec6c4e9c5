import Link from 'next/link';
import { type GuardCheck, guardedWords } from '@/lib/playbook/guard';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';

/** What makes a workload guarded, check by check; what is missing has the link that closes it. */
export function GuardPanel({ checks }: { checks: GuardCheck[] }) {
  return (
    <Panel id="guard" title={`Guarded: ${guardedWords(checks)}`}>
      <ul>
        {checks.map((check) => (
          <li key={check.key} className="flex flex-wrap items-baseline gap-x-3 border-line border-t px-3 py-1.5 first:border-t-0 md:px-4">
            <Status kind={check.missing === null ? 'ok' : 'warn'} className="w-32">
              {check.label}
            </Status>
            {check.missing === null ? (
              <span className="text-12 text-ink-2">{check.found}</span>
            ) : (
              <>
                <span className="min-w-0 flex-1 basis-44 text-12">{check.missing}</span>
                <Link href={check.href} className="text-12 text-accent-ink underline underline-offset-2">
                  {check.act}
                  <span className="sr-only">: {check.label}</span>
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
