'use client';

import { useEffect, useState } from 'react';
import { Button } from './button';
import { cx } from './class-names';

/** Copies `text` and says so in its own place for two seconds; where the browser refuses, it says that. */
export function CopyButton({ text, label = 'Copy', className }: { text: string; label?: string; className?: string }) {
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), 2_000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('refused'),
    );
  return (
    <Button small icon={said === 'copied' ? 'tick' : 'copy'} onClick={copy} className={className}>
      <span aria-live="polite">{said === 'copied' ? 'Copied' : said === 'refused' ? 'Select and copy by hand' : label}</span>
    </Button>
  );
}

/** A command or an answer to be copied whole. Long lines scroll inside the box, reachable by keyboard. `secret` marks what is shown once. */
export function CodeBlock({
  code,
  label,
  copyLabel = 'Copy',
  secret = false,
}: {
  code: string;
  label: string;
  copyLabel?: string;
  secret?: boolean;
}) {
  return (
    <div className={cx('flex min-w-0 items-start rounded-2 border bg-sunken', secret ? 'border-warn' : 'border-line')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className="min-w-0 flex-1 overflow-x-auto">
        <pre className="w-max px-3 py-2.5 font-mono text-12 leading-5">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label={copyLabel} className="m-1.5" />
    </div>
  );
}
