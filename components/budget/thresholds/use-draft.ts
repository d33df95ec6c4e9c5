'use client';

import { useState } from 'react';
import type { BudgetOut } from '@/lib/budget/schema';
import { changesOf, type Row, rowOf } from './draft';

const byLevel = (a: Row, b: Row): number => Number(a.percent) - Number(b.percent);
const listOf = (budget: BudgetOut): string => JSON.stringify(budget.thresholds);

/**
 * The thresholds being edited, against the budget as it was when the editing began. While nothing is changed the rows follow the live
 * budget; once something is, `theirs` is the live budget whenever someone else has set other thresholds meanwhile.
 */
export function useDraft(live: BudgetOut) {
  const [draft, setDraft] = useState<{ base: BudgetOut; rows: Row[] } | null>(null);
  const base = draft?.base ?? live;
  const rows = draft?.rows ?? live.thresholds.map(rowOf);
  const changes = draft ? changesOf(draft.rows, base.thresholds) : 0;
  const theirs = draft && changes > 0 && live.etag !== base.etag && listOf(live) !== listOf(base) ? live : null;
  const edit = (next: Row[]) => setDraft({ base, rows: next });
  return {
    ...{ rows, changes, theirs },
    saved: base.thresholds,
    /** The live budget is another version than the one the editing began with. */
    isBehind: live.etag !== base.etag,
    /** The version to save against: a change of something else than thresholds is no conflict. */
    etag: theirs ? base.etag : live.etag,
    change: (key: string, part: Partial<Row>) => edit(rows.map((row) => (row.key === key ? { ...row, ...part } : row))),
    remove: (key: string) => edit(rows.filter((row) => row.key !== key)),
    add: (part: Partial<Row> = {}) => {
      const taken = new Set(rows.map((row) => row.percent));
      const percent = ['65', '70', '75', '85', '90', '60', '40'].find((each) => !taken.has(each)) ?? '';
      const row: Row = {
        key: `new-${rows.length}-${percent}-${JSON.stringify(part)}`,
        percent,
        kind: 'notify',
        burn: false,
        withinDays: null,
        mustAnswer: false,
        actions: [],
        tell: ['budget_owner'],
        ...part,
      };
      edit([...rows, row].sort(byLevel));
    },
    discard: () => setDraft(null),
    /** Keeps what was typed, over what the other person saved. */
    keepMine: () => setDraft({ base: live, rows }),
  };
}
