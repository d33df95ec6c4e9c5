import type { PlantedFault } from '../fault';

/** Faults of strangers' forms and of the weekly templates. */
export const leads: readonly PlantedFault[] = [
  {
    test: 'an address that somebody types in again and again gets a mail in ten minutes, and one that failed does not count',
    in: 'lib/lead/opt-in.test.ts',
    at: 'lib/lead/subscribe.ts',
    from: 'if (!row.isDue) return',
    to: 'if (row.isDue === null) return',
  },
  {
    test: 'an address that somebody types in again and again gets a mail in ten minutes, and one that failed does not count',
    in: 'lib/lead/opt-in.test.ts',
    at: 'lib/lead/subscribe.ts',
    from: `await query('UPDATE subscriber SET mailed_at = NULL WHERE id = $1', [row.id]);`,
    to: '',
  },
  {
    test: 'lead truth table',
    in: 'lib/lead/truth-table.test.ts',
    at: 'lib/lead/settings.ts',
    from: "return smtpUrl !== undefined && email !== undefined ? 'mail' : 'link';",
    to: "return smtpUrl !== undefined ? 'mail' : 'link';",
  },
  {
    test: 'an endpoint that fails is tried again',
    in: 'lib/lead/truth-table.test.ts',
    at: 'lib/lead/take.ts',
    from: 'const ATTEMPTS = 3;',
    to: 'const ATTEMPTS = 1;',
  },
  {
    test: 'what only a program fills in goes nowhere, and no head is broken',
    in: 'lib/lead/truth-table.test.ts',
    at: 'lib/lead/take.ts',
    from: 'if (asked.website) return',
    to: "if (asked.page === '') return",
  },
  {
    test: 'double opt-in, one-click out',
    in: 'lib/lead/opt-in.test.ts',
    at: 'lib/lead/weekly.ts',
    from: "WHERE state = 'active' AND sent <",
    to: 'WHERE email IS NOT NULL AND sent <',
  },
  {
    test: 'asking twice tells nobody anything',
    in: 'lib/lead/opt-in.test.ts',
    at: 'lib/lead/subscribe.ts',
    from: 'AND asked_at > $3)',
    to: "AND $3 <> '')",
  },
  {
    test: 'one that the mail server does not take comes again',
    in: 'lib/lead/opt-in.test.ts',
    at: 'lib/lead/weekly.ts',
    from: 'if (!outcome.ok && !outcome.isFinal) {',
    to: 'if (!outcome) {',
  },
  {
    test: 'a form asks for patience, for one address from anywhere: help',
    in: 'lib/lead/patience.test.ts',
    at: 'lib/lead/doors.ts',
    from: "requirePatience('address', `help ",
    to: "requirePatience('place', `help ",
  },
  {
    test: 'a form asks for patience, from one place for any address: subscribe',
    in: 'lib/lead/patience.test.ts',
    at: 'lib/lead/patience.ts',
    from: 'place: 60,',
    to: 'place: 61,',
  },
  {
    test: 'patience ends after a quarter of an hour',
    in: 'lib/lead/patience.test.ts',
    at: 'lib/lead/patience.ts',
    from: 'before && before.until > now ? before',
    to: 'before ? before',
  },
  {
    test: 'one that is refused for good is not sent again',
    in: 'lib/lead/opt-in.test.ts',
    at: 'lib/lead/weekly.ts',
    from: '!outcome.ok && !outcome.isFinal',
    to: '!outcome.ok',
  },
];
