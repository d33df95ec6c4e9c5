'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { IconButton } from '../button';
import { cx } from '../class-names';
import { CloseDialog } from './close-dialog';

/** One button. */
export type Pressable = ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'dialog' }>;

export type DialogProps = {
  /** One button that opens it; leave out to hold `open` yourself. */
  trigger?: Pressable;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  sub?: ReactNode;
  children: ReactNode;
  /** Stands still at the bottom: the acts, and what they do. */
  foot?: ReactNode;
  /** `sheet` comes from the right edge, `menu` from the left; from 600 px down a dialog fills the screen. */
  shape?: 'dialog' | 'sheet' | 'menu';
};

const SHAPES = {
  dialog: 'inset-x-4 top-[10vh] mx-auto max-h-[80vh] max-w-lg rounded-3 border max-sm:inset-2 max-sm:max-h-none',
  sheet: 'inset-y-2 right-2 w-[408px] max-w-[calc(100vw-16px)] rounded-3 border',
  menu: 'inset-y-0 left-0 w-72 max-w-[85vw] border-r',
};

/** What a Dialog becomes when it is first opened; open from the start unless the caller holds `open`. */
export default function DialogBody({ trigger, open, onOpenChange, title, sub, children, foot, shape = 'dialog' }: DialogProps) {
  const actions = useRef<Base.Root.Actions>(null);
  return (
    <Base.Root
      defaultOpen={open === undefined}
      open={open}
      onOpenChange={onOpenChange ? (next) => onOpenChange(next) : undefined}
      actionsRef={actions}
    >
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
            <Base.Close render={<IconButton icon="close" label="Close" />} />
          </header>
          <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-4 py-3">
            <CloseDialog value={() => actions.current?.close()}>{children}</CloseDialog>
          </div>
          {foot ? (
            <footer className="grid gap-2 border-line border-t px-4 py-3">
              <CloseDialog value={() => actions.current?.close()}>{foot}</CloseDialog>
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
