'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode } from 'react';
import { IconButton } from '../button';
import { cx } from '../class-names';

export type DialogProps = {
  /** One button that opens it; leave out to hold `open` yourself. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  sub?: ReactNode;
  children: ReactNode;
  /** Stands still at the bottom: the acts, and what they do. */
  foot?: ReactNode;
  /** `sheet` comes from the right edge and keeps the page beside it readable; from 600 px down both fill the screen. */
  shape?: 'dialog' | 'sheet' | 'menu';
};

const SHAPES = {
  dialog: 'inset-x-4 top-[10vh] mx-auto max-h-[80vh] max-w-lg rounded-3 border max-sm:inset-2 max-sm:max-h-none',
  sheet: 'inset-y-2 right-2 w-[408px] max-w-[calc(100vw-16px)] rounded-3 border',
  menu: 'inset-y-0 left-0 w-72 max-w-[85vw] border-r',
};

/** Closes the dialog it stands in: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Base.Close render={children} />;
}

/** A modal dialog or sheet: focus is kept inside and given back, Escape closes, the page behind does not scroll. */
export function Dialog({ trigger, open, onOpenChange, title, sub, children, foot, shape = 'dialog' }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange ? (next) => onOpenChange(next) : undefined}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="float-in fixed inset-0 z-40 bg-[light-dark(rgb(15_23_42/.28),rgb(0_0_0/.55))]" />
        <Base.Popup
          className={cx(
            'float-in fixed z-50 flex flex-col border-line-strong bg-raised text-13 text-ink shadow-float outline-none',
            SHAPES[shape],
          )}
        >
          <header className="flex items-start gap-2 border-line border-b py-3 pr-3 pl-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="font-semibold text-15">{title}</Base.Title>
              {sub ? <Base.Description className="text-12 text-ink-2">{sub}</Base.Description> : null}
            </div>
            <Base.Close render={<IconButton icon="close" label="Close" quiet />} />
          </header>
          <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-4 py-3">{children}</div>
          {foot ? <footer className="grid gap-2 border-line border-t px-4 py-3">{foot}</footer> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
