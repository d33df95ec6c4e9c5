import Link from 'next/link';
import type { Signals } from '@/lib/playbook/injection/rules';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';

/** Offers the response to a prompt injection on a breach that looks like one, with what was seen in the usage. */
export function InjectionPanel({ found: { looksLike, signals } }: { found: Signals }) {
  if (!looksLike) return null;
  return (
    <Panel title="This may be a prompt injection" aside={<Status kind="warn">look first</Status>} emphasis>
      <div className="grid gap-2 px-3 py-3 md:px-4">
        <ul className="grid gap-1">
          {signals.map((each) => (
            <li key={each.key}>{each.say}</li>
          ))}
        </ul>
        <Link href="/playbooks/prompt-injection-response" className="justify-self-start text-accent-ink underline underline-offset-2">
          Open the response, step by step
        </Link>
      </div>
    </Panel>
  );
}
