'use client';

import { useTheme } from 'next-themes';
import { IconButton } from '../ui/button';
import { Menu } from '../ui/overlay/menu';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** System, light or dark; kept in this browser. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={<IconButton icon="theme" label="Theme" />}
      items={THEMES.map(([name, label]) => ({ label, hint: theme === name ? 'now' : undefined, onSelect: () => setTheme(name) }))}
    />
  );
}
