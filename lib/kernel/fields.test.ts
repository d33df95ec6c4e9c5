import { expect, it } from 'vitest';
import { date } from './fields';

it('a day is one that the calendar has', () => {
  for (const day of ['2026-11-24', '2028-02-29', '0001-01-01', '9999-12-31']) expect(date.parse(day)).toBe(day);
  for (const none of ['2026-02-31', '2027-02-29', '2026-13-01', '2026-00-10', '0000-01-01', '2026-1-1', '2026-11-24T00:00', ' 2026-11-24'])
    expect(date.safeParse(none).error?.issues[0]?.message).toBe('a date such as 2026-11-24');
});
