'use client';

import { cloneElement, useContext, useEffect } from 'react';
import { CloseDialog } from './close-dialog';
import type { DialogProps, Pressable } from './dialog-body';
import { useOnDemand } from './on-demand';

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
