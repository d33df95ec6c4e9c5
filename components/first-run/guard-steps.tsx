import Link from 'next/link';
import { cx } from '../ui/class-names';
import { Icon } from '../ui/icon';
import type { Step } from './words';

/** How far one is guarded, step by step; what is left leads to where it is done. */
export function GuardSteps({ steps }: { steps: Step[] }) {
  return (
    <section aria-label="How far this is guarded" className="text-12">
      <ol className="flex flex-wrap gap-x-3 gap-y-1">
        {steps.map((step) => (
          <li key={step.key}>
            <Link
              href={step.href}
              className={cx(
                'inline-flex min-h-6 items-center gap-1 hover:underline [@media(pointer:coarse)]:min-h-11',
                step.done ? 'text-ok' : 'text-ink-2',
              )}
            >
              <Icon name={step.done ? 'ok' : 'off'} className="size-3.5" />
              {step.label}
              <span className="sr-only">{step.done ? ', done' : ', left'}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
