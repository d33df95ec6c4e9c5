'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { cx } from '../ui/class-names';
import { Icon, type IconName } from '../ui/icon';
import { FLOATING } from '../ui/overlay/surface';
import { PLACES } from './places';

/** Something to find or do. From the server give `href`; `run` works where the shell is used in the browser. */
export type CommandItem = {
  id: string;
  label: string;
  group: string;
  icon?: IconName;
  hint?: string;
  keywords?: string[];
  href?: string;
  run?: () => void;
};

const GO: CommandItem[] = PLACES.map((place) => ({
  id: `go-${place.href}`,
  label: place.label,
  group: 'Go to',
  icon: place.icon,
  hint: `g ${place.key}`,
  href: place.href,
}));

/** Search or run: places first, then what the page gives. */
export default function CommandPalette({
  open,
  onOpenChange,
  items,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  items: CommandItem[];
}) {
  const router = useRouter();
  const all = [...GO, ...items];
  const groups = [...new Set(all.map((item) => item.group))];
  const choose = (item: CommandItem) => {
    onOpenChange(false);
    if (item.href) router.push(item.href);
    else item.run?.();
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="float-in fixed inset-0 z-40 bg-[light-dark(rgb(15_23_42/.28),rgb(0_0_0/.55))]" />
        <Base.Popup className={cx(FLOATING, 'fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-lg overflow-hidden')}>
          <Base.Title className="sr-only">Search or run</Base.Title>
          <Command label="Search or run" loop>
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Icon name="search" className="text-ink-3" />
              <Command.Input
                placeholder="Search or run"
                className="h-11 flex-1 bg-transparent text-13 text-ink outline-none placeholder:text-ink-3"
              />
            </div>
            <Command.List className="max-h-[50vh] overflow-y-auto p-1">
              <Command.Empty className="px-3 py-4 text-12 text-ink-2">
                Nothing matches. Names of budgets, workloads and places are searched.
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-ink-3"
                >
                  {all
                    .filter((item) => item.group === group)
                    .map((item) => (
                      <Command.Item
                        key={item.id}
                        value={item.id}
                        keywords={[item.label, ...(item.keywords ?? [])]}
                        onSelect={() => choose(item)}
                        className="flex min-h-8 cursor-default items-center gap-2 rounded-1 px-2 py-1 data-[selected=true]:bg-chosen"
                      >
                        {item.icon ? <Icon name={item.icon} className="text-ink-3" /> : null}
                        <span className="flex-1 truncate">{item.label}</span>
                        {item.hint ? <span className="text-11 text-ink-3">{item.hint}</span> : null}
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
