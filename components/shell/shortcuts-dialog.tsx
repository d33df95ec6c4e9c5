'use client';

import { Switch } from '../ui/form/toggles';
import { Dialog } from '../ui/overlay/dialog';
import { PLACES } from './places';

/** Every shortcut there is. */
export default function ShortcutsDialog({
  open,
  onOpenChange,
  on,
  onChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  const rows: [string[], string][] = [
    [['⌘ K', 'Ctrl K'], 'Search or run'],
    [['?'], 'This list'],
    ...PLACES.map((place): [string[], string] => [[`g ${place.key}`], place.label]),
    [['←', '→', 'Home', 'End'], 'Walk over the points of a chart'],
    [['Esc'], 'Close what is open'],
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Shortcuts">
      <dl className="grid gap-1.5">
        {rows.map(([keys, what]) => (
          <div key={what} className="grid grid-cols-[160px_minmax(0,1fr)] gap-3">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded-1 border border-line bg-canvas px-1 font-sans text-11 text-ink-2">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single keys"
        hint="Off: only ⌘K and Ctrl K are listened to. Kept in this browser."
        checked={on}
        onCheckedChange={onChange}
      />
    </Dialog>
  );
}
