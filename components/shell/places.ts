import type { IconName } from '../ui/icon';

export type Place = { href: string; label: string; icon: IconName /** Second key after g. */; key: string; below?: boolean };

/** Where one can go. `below` stands under the line. */
export const PLACES: Place[] = [
  { href: '/', label: 'Overview', icon: 'overview', key: 'o' },
  { href: '/spend', label: 'Spend', icon: 'spend', key: 's' },
  { href: '/budgets', label: 'Budgets', icon: 'budget', key: 'b' },
  { href: '/containment', label: 'Containment', icon: 'contain', key: 'c' },
  { href: '/breaches', label: 'Breaches', icon: 'breach', key: 'r' },
  { href: '/playbooks', label: 'Playbooks', icon: 'playbook', key: 'p' },
  { href: '/data', label: 'Data', icon: 'data', key: 'd', below: true },
  { href: '/settings', label: 'Settings', icon: 'settings', key: 't', below: true },
];

/** Whether an address lies in a place: /budgets/bud_1 in Budgets, and only / in Overview. Workloads are part of Budgets. */
export function isIn(place: Place, pathname: string): boolean {
  if (place.href === '/') return pathname === '/';
  const inside = (root: string) => pathname === root || pathname.startsWith(`${root}/`);
  return inside(place.href) || (place.href === '/budgets' && inside('/workloads'));
}
