import { Button, ButtonLink } from '../button';

type Step = { href: string } | { onPress: () => void } | null;

/** Steps through a list that the API answers by cursor. `newer` or `older` null: there is none. `text` says what is shown ("50 of many, newest first"). */
export function Pagination({ newer, older, text, busy = false }: { newer: Step; older: Step; text?: string; busy?: boolean }) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className="flex items-center gap-2 border-line border-t px-3 py-2 md:px-4">
      <span className="mr-auto text-12 text-ink-2">{text}</span>
      <StepButton step={newer} label="Newer" busy={busy} />
      <StepButton step={older} label="Older" busy={busy} />
    </nav>
  );
}

function StepButton({ step, label, busy }: { step: Step; label: string; busy: boolean }) {
  const icon = label === 'Newer' ? 'chevron_left' : 'chevron_right';
  if (step && 'href' in step) {
    return (
      <ButtonLink small icon={icon} href={step.href} scroll={false}>
        {label}
      </ButtonLink>
    );
  }
  return (
    <Button small icon={icon} disabled={!step} busy={busy} onClick={step?.onPress}>
      {label}
    </Button>
  );
}
