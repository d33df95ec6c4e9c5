'use client';

import { useRouter } from 'next/navigation';
import { Icon } from '../ui/icon';
import { Menu } from '../ui/overlay/menu';

export type Person = { name: string; email: string };
/** Where or how to leave. */
export type SignOut = { href: string } | { run: () => void };

/** Who is signed in, where, and the way out. */
export function UserMenu({ person, organisation, signOut }: { person: Person; organisation: string; signOut: SignOut }) {
  const router = useRouter();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`${person.name}, account`}
          className="flex h-control min-w-0 flex-1 items-center gap-2 rounded-2 px-2 text-12 text-ink-2 hover:bg-hover"
        >
          <Icon name="person" />
          <span className="truncate">{person.name}</span>
        </button>
      }
      head={
        <>
          <b className="block break-words text-ink">{person.name}</b>
          <span className="block break-all">{person.email}</span>
          <span className="block break-words">{organisation}</span>
        </>
      }
      items={[
        { label: 'When you are away…', icon: 'person', onSelect: () => router.push('/settings/members#away') },
        { label: 'Settings', icon: 'settings', onSelect: () => router.push('/settings') },
        { kind: 'line' },
        'href' in signOut ? { kind: 'link', label: 'Sign out', href: signOut.href } : { label: 'Sign out', onSelect: signOut.run },
      ]}
    />
  );
}
