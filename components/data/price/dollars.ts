const PLACES = 9;

/** Dollars as a person writes them for a million units, exactly as nano-dollars: "0.15" is "150000000". Null for anything else. */
export function nanoOf(dollars: string): string | null {
  const match = /^(\d{0,6})(?:\.(\d{0,9}))?$/.exec(dollars.trim());
  if (!match || (!match[1] && !match[2])) return null;
  return String(BigInt(`${match[1] ?? ''}${(match[2] ?? '').padEnd(PLACES, '0')}`));
}

/** Nano-dollars as the shortest dollars that are the same: "150000000" is "0.15". */
export function dollarsOf(nano: string): string {
  const digits = nano.padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`;
}
