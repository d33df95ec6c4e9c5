import { toIso } from '@/lib/kernel/instant';
import { type DayRow, latestOf } from '../day/rows';
import type { DayOut } from '../schema';
import type { NoteRow } from './beside';

/** The daily entries as the strip shows them: the last correction of each, with what was written first, and who signed it off. */
export function daysView(rows: readonly DayRow[], notes: readonly NoteRow[]): DayOut[] {
  return latestOf(rows).map((row) => {
    const first = row.correction === 0 ? null : rows.find((each) => each.date === row.date);
    const signed = notes.find((each) => each.kind === 'sign_off' && each.date === row.date);
    const note = signed?.text || notes.findLast((each) => each.kind === 'note' && each.date === row.date)?.text;
    return {
      ...{ date: row.date, startsAt: toIso(row.startsAt), endsAt: toIso(row.endsAt), actualNanoUsd: String(row.actual) },
      ...{
        targetNanoUsd: String(row.target),
        percent: row.percent,
        verdict: row.verdict,
        facts: row.facts,
        writtenAt: toIso(row.writtenAt),
      },
      corrections: row.correction,
      first: first ? { actualNanoUsd: String(first.actual), verdict: first.verdict, writtenAt: toIso(first.writtenAt) } : null,
      ...{ note: note ?? null, signedOffBy: signed?.by ?? null, signedOffAt: signed ? toIso(signed.at) : null },
    };
  });
}
