import { CodeBlock } from '../ui/copy';

/** A webhook's signing secret, and what it is for. */
export function SecretOnce({ secret }: { secret: string }) {
  return (
    <>
      <CodeBlock code={secret} label="Signing secret" copyLabel="Copy" secret />
      <p className="text-12 text-ink-2">
        The receiver checks the <code className="font-mono">webhook-signature</code> of each request with it, as Standard Webhooks says.
      </p>
    </>
  );
}
