/** Dollars as they are typed, as whole nano-dollars; null for nothing. What is no amount is sent as it is, so that the answer says so. */
export function asNano(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(typed) ?? [];
  return whole === '' ? typed : String(BigInt(whole) * 1_000_000_000n + BigInt(part.padEnd(9, '0')));
}

/** Per cent as they are typed, as a share; null for nothing. What is no number is sent as one that no share can be. */
export function asShare(text: string): number | null {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  return /^\d{1,3}(\.\d{1,4})?$/.test(typed) ? Number((Number(typed) / 100).toFixed(6)) : -1;
}

/** A share as per cent to be typed over. */
export const asPercent = (share: number | null): string => (share === null ? '' : String(Number((share * 100).toFixed(4))));
