import type { ReactNode } from 'react';
import { cx } from './class-names';

/**
 * A bordered surface with a head. `title` is a finding or a name; `sub` a second line; `aside` a few words at the right; `actions` buttons.
 * `finding` sets the title larger and without a line under it, as over a chart or a result.
 */
export function Panel({
  id,
  title,
  sub,
  aside,
  actions,
  finding = false,
  padded = false,
  emphasis = false,
  className,
  children,
}: PanelProps) {
  return (
    <section id={id} className={cx('min-w-0 rounded-3 border bg-surface', emphasis ? 'border-accent' : 'border-line', className)}>
      {title ? (
        <header
          className={cx(
            'flex flex-wrap gap-x-3 gap-y-1 px-3 md:px-4',
            finding ? 'items-start pt-3' : 'min-h-10 items-center border-line border-b py-2',
          )}
        >
          <div className={cx('min-w-0 flex-1', actions && finding ? 'max-sm:basis-full' : 'basis-28')}>
            <h2 className={cx('text-pretty font-semibold', finding ? 'text-15 tracking-[-.006em]' : 'text-13')}>{title}</h2>
            {sub ? <p className="mt-0.5 text-12 text-ink-2">{sub}</p> : null}
          </div>
          {aside ? <span className="text-12 text-ink-2">{aside}</span> : null}
          {actions ? <span className="flex flex-none items-center gap-1">{actions}</span> : null}
        </header>
      ) : null}
      {padded ? <div className="px-3 py-3 md:px-4">{children}</div> : children}
    </section>
  );
}

type PanelProps = {
  /** Where a link leads to it. */
  id?: string;
  title?: ReactNode;
  sub?: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  finding?: boolean;
  padded?: boolean;
  emphasis?: boolean;
  className?: string;
  children: ReactNode;
};

export type TileProps = {
  label: ReactNode;
  figure: ReactNode;
  note?: ReactNode /** Old figures while new ones are read. */;
  dim?: boolean;
};

/** Up to five figures in one strip, not five boxes. On small widths two a row, the last alone where the count is odd. */
export function Tiles({ label, tiles }: { label: string; tiles: TileProps[] }) {
  const columns = ['md:grid-cols-1', 'md:grid-cols-2', 'md:grid-cols-3', 'md:grid-cols-4', 'md:grid-cols-5'][Math.min(tiles.length, 5) - 1];
  return (
    <section aria-label={label} className={cx('grid grid-cols-2 gap-px overflow-hidden rounded-3 border border-line bg-line', columns)}>
      {tiles.map((tile, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place in the strip
        <div key={index} className="min-w-0 bg-surface px-3 py-2.5 last:odd:col-span-2 md:px-4 md:py-3 md:last:odd:col-span-1">
          <h2 className="font-medium text-12 text-ink-2">{tile.label}</h2>
          <div
            className={cx(
              'my-0.5 whitespace-nowrap font-semibold text-20 leading-6 tracking-[-.02em] md:text-24 md:leading-7',
              tile.dim && 'opacity-45',
            )}
          >
            {tile.figure}
          </div>
          {tile.note ? <div className="text-12 text-ink-2 [&_span]:whitespace-normal">{tile.note}</div> : null}
        </div>
      ))}
    </section>
  );
}

/** Names and values one under the other, the value at the right. */
export function Facts({ items }: { items: { name: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-3 py-2.5 text-12 md:px-4">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is static for its subject
        <div key={index} className="col-span-2 grid grid-cols-subgrid items-baseline">
          <dt className="text-ink-2">{item.name}</dt>
          <dd className="text-right text-ink">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
