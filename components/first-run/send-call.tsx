'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../ui/button';
import { CodeBlock } from '../ui/copy';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';

type SendCallProps = {
  /** The whole command with the key in it; null before a key is made. */
  command: string | null;
  /** Why this person cannot make a key; null when they can. */
  refused: string | null;
  busy: boolean;
  problem: FormProblem | null;
  onMake: (workload: string) => void;
  /** What came in. */
  children: ReactNode;
};

/** A key made on the spot, and the one command that sends a call with it. */
export function SendCall({ command, refused, busy, problem, onMake, children }: SendCallProps) {
  const [workload, setWorkload] = useState('support-bot');
  const make = (event: FormEvent) => {
    event.preventDefault();
    onMake(workload);
  };
  return (
    <Panel
      finding
      title={command ? 'Send this from any terminal, and watch it arrive.' : 'Name what calls the model, and get a command to send.'}
      sub={
        command
          ? 'The key is in the command, shown this once and stored hashed. It can write usage of this workload and nothing else.'
          : 'One AI job in production: “support-bot”, “doc-extract”.'
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 py-3">
        {command ? (
          <div className="px-3 md:px-4">
            <CodeBlock code={command} label="Command that sends a first call" copyLabel="Copy the command" secret />
          </div>
        ) : (
          <form onSubmit={make} noValidate className="grid gap-3 px-3 md:px-4">
            <div className="flex flex-wrap items-start gap-3">
              <Field label="Workload" error={faultAt(problem, '/pins/workload')} className="w-72 max-w-full" disabled={refused !== null}>
                <TextInput name="workload" autoComplete="off" spellCheck={false} value={workload} onValueChange={setWorkload} />
              </Field>
              <Button type="submit" kind="primary" busy={busy} disabled={refused !== null} className="sm:mt-5">
                Make a key and the command
              </Button>
            </div>
            {refused ? <p className="text-12 text-ink-2">{refused}</p> : null}
            <FormFault problem={problem} fields={['/pins/workload']} />
          </form>
        )}
      </div>
      {children}
    </Panel>
  );
}
