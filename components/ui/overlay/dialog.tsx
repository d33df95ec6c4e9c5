'use client';

import { cloneElement, createContext, type ReactElement, type ReactNode, useContext, useEffect } from 'react';
import { useOnDemand } from './on-demand';

type Pressable = ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'dialog' }>;

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

/** How what stands in a dialog closes it. */
export const CloseDialog = createContext<() => void>(() => undefined);

/** Closes the dialog it stands in: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: Pressable }) {
  return cloneElement(children, { onClick: useContext(CloseDialog) });
}

/** A modal dialog or sheet: focus is kept inside and given back, Escape closes, the page behind does not scroll. Its code comes with the first one opened. */
export function Dialog(props: DialogProps) {
  const [Body, ask] = useOnDemand(() => import('./dialog-body'));
  const { open, trigger, onOpenChange } = props;
  useEffect(() => {
    if (open) ask();
  }, [open, ask]);
  if (Body) return <Body {...props} />;
  const press = () => {
    ask();
    onOpenChange?.(true);
  };
  return trigger ? cloneElement(trigger, { onClick: press, 'aria-haspopup': 'dialog' }) : null;
}
