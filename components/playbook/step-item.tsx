import Link from 'next/link';
import type { ReactNode } from 'react';
import type { StepOut } from '@/lib/playbook/schema';
import { linesOf } from '@/lib/playbook/text';
import { Icon } from '../ui/icon';

type StepItemProps = {
  step: StepOut;
  /** What ticks it by hand, in the place of its mark. */
  mark?: ReactNode;
  /** What can be said of it. */
  act?: ReactNode;
};

/** A step of a check list: why, how, and how it stands; what is missing has the link that closes it. */
export function StepItem({ step, mark, act }: StepItemProps) {
  const { id, title, why, how, done, kind, gaps } = step;
  const links = new Map(gaps.map((gap) => [`${gap.label}: ${gap.say}`, gap]));
  return (
    <li
      id={id}
      className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 border-line border-t px-3 py-3 first:border-t-0 md:px-4 print:break-inside-avoid"
    >
      {mark ?? (
        <Icon
          name={done ? 'ok' : kind === 'live' ? 'warn' : 'off'}
          className={`mt-0.5 ${done ? 'text-ok' : kind === 'live' ? 'text-warn' : 'text-ink-3'}`}
        />
      )}
      <div className="grid gap-1">
        <h3 className="font-semibold text-13">
          {title}
          <span className="sr-only">{done ? ': done' : ': not done'}</span>
        </h3>
        <p className="text-ink-2">{why}</p>
        <p>{how}</p>
        {linesOf(step).map((line) => {
          const gap = links.get(line);
          return (
            <p key={line} className={`text-12 [overflow-wrap:anywhere] ${gap ? '' : done ? 'text-ok' : 'text-ink-2'}`}>
              {line}
              {gap ? (
                <>
                  {' '}
                  <Link href={gap.href} className="whitespace-nowrap text-accent-ink underline underline-offset-2 print:hidden">
                    {gap.act}
                    <span className="sr-only">: {gap.label}</span>
                  </Link>
                </>
              ) : null}
            </p>
          );
        })}
        {act}
      </div>
    </li>
  );
}
