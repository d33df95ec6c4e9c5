'use client';

import type { Dimension } from '@/lib/insight/dimensions';
import { Button, IconButton } from '../ui/button';
import { Popover } from '../ui/overlay/popover';
import { FilterForm } from './filter-form';
import type { Explored } from './view/question';
import { narrowed } from './view/question';
import type { SetView } from './view/set-view';
import { capital, dimensionName, valueName } from './view/words';

/** What a call must have: each filter opens its values; one more can be added. */
export function FilterBar({ asked, dimensions, setView }: { asked: Explored; dimensions: Dimension[]; setView: SetView }) {
  const { where } = asked;
  const set = (dimension: Dimension, values: string[]) => setView({ where: narrowed(where, dimension, values), all: null });
  return (
    <section aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {where.map(({ dimension, values }) => (
        <span
          key={dimension}
          className="inline-flex max-w-full items-center rounded-full border border-accent bg-accent-tint text-12 text-accent-ink"
        >
          <Popover
            title={`${capital(dimensionName(dimension))} is one of`}
            trigger={
              <button type="button" className="min-w-0 truncate py-1 pr-1 pl-3">
                {dimensionName(dimension)}:{' '}
                <b>
                  {values
                    .slice(0, 2)
                    .map((value) => valueName(dimension, value))
                    .join(' or ')}
                </b>
                {values.length > 2 ? ` or ${values.length - 2} more` : ''}
              </button>
            }
          >
            <FilterForm asked={asked} dimensions={dimensions} fixed={dimension} onChange={set} />
          </Popover>
          <IconButton
            icon="close"
            label={`Without the filter by ${dimensionName(dimension)}`}
            className="size-6! rounded-full! text-accent-ink!"
            onClick={() => set(dimension, [])}
          />
        </span>
      ))}
      <Popover
        title="Only calls with"
        trigger={
          <Button small icon="plus">
            Filter
          </Button>
        }
      >
        <FilterForm asked={asked} dimensions={dimensions} onChange={set} />
      </Popover>
      {where.length > 0 ? (
        <Button small kind="text" onClick={() => setView({ where: null })}>
          Clear filters
        </Button>
      ) : null}
    </section>
  );
}
