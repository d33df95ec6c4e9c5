import type { Option } from '../ui/form/select';

/** The time zone of the browser, where it is one that Hardstop's list has; else UTC. */
export function guessedZone(zones: readonly Option[]): string {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zones.some((zone) => zone.value === here) ? here : 'UTC';
}

/** Time zones by their IANA names, to be searched; spaces are found where the name has an underscore. */
export const zoneOptions = (): Option[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));

/** Currencies, by code and English name. */
export function currencyOptions(): Option[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

/** A tenth of a decimal amount with two decimals, cut: what is proposed for workloads that nobody has adopted. */
export function tenthOf(amount: string): string | null {
  const match = /^(\d{1,12})(?:\.(\d{0,2}))?$/.exec(amount);
  if (!match) return null;
  const cents = BigInt(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) / 10n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}
