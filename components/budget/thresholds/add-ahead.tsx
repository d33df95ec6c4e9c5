'use client';

import { Button } from '../../ui/button';
import type { Row } from './draft';

type AddAheadProps = { rows: Row[]; isDay: boolean; onAdd: (part: Partial<Row>) => void };

/** Adds a burn rate or a forecast, which look ahead instead of at what is charged. A day budget has no burn rates. */
export function AddAhead({ rows, isDay, onAdd }: AddAheadProps) {
  const share = rows.some((row) => row.burn && row.percent === '2') ? '5' : '2';
  return (
    <>
      {isDay ? null : (
        <Button small icon="plus" onClick={() => onAdd({ burn: true, percent: share })}>
          Add a burn rate
        </Button>
      )}
      <Button small icon="plus" onClick={() => onAdd({ withinDays: 3, percent: '100' })}>
        Add a forecast
      </Button>
    </>
  );
}
