'use client';

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { IconButton } from '../../ui/button';
import { cx } from '../../ui/class-names';
import { Dim, ErrorState } from '../../ui/states';
import { sayFailed } from '../../ui/toast';
import { pictureOf, saveFile } from './save';
import { fileName, type Twin, toCsv } from './twin';
import { TwinTable } from './twin-table';
import { useWidth } from './use-width';

/** What every chart takes besides its data. */
export type ChartWords = {
  /** The finding, a whole sentence. */
  title: string;
  /** What one sees, what it rests on, in words. */
  caption: string;
  loading?: boolean;
  error?: { text: string; reference?: string; onRetry?: () => void };
  /** Shows the table first; with `onShowTable` hold it in the URL. */
  showTable?: boolean;
  onShowTable?: (shown: boolean) => void;
  headingLevel?: 2 | 3;
};

export type Drawing = { width: number; active: number | null; onPoint: (index: number | null) => void };

type ChartFrameProps = ChartWords & {
  twin: Twin;
  /** One sentence a point, in order, with formatted money: what the keyboard path reads. */
  points: string[];
  /** Where the reading of a point stands, px from the left of the picture. */
  readingAt: (index: number, width: number) => number;
  legend?: ReactNode;
  children: (drawing: Drawing) => ReactNode;
};

/** Title, picture, caption; keyboard path with a polite live text; table twin, PNG, CSV; loading and error. The contract is in components/chart/README.md. */
export function ChartFrame({
  title,
  caption,
  loading = false,
  error,
  showTable,
  onShowTable,
  headingLevel = 2,
  twin,
  points,
  readingAt,
  legend,
  children,
}: ChartFrameProps) {
  const id = useId();
  const [box, width] = useWidth<HTMLDivElement>();
  const [ownTable, setOwnTable] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const keyed = useRef(false);
  const table = showTable ?? ownTable;
  const Heading = `h${headingLevel}` as const;

  const walk = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const here = active ?? -1;
    const to = {
      ArrowRight: Math.min(last, here + 1),
      ArrowLeft: here < 0 ? last : Math.max(0, here - 1),
      Home: 0,
      End: last,
      Escape: null,
    }[event.key];
    if (to === undefined || last < 0 || event.target !== event.currentTarget) return;
    event.preventDefault();
    keyed.current = true;
    setActive(to);
  };
  const point = (index: number | null) => {
    keyed.current = false;
    setActive(index);
  };
  const savePicture = async () => {
    const svg = box.current?.querySelector<SVGSVGElement>('svg[data-picture], svg.recharts-surface');
    if (!svg) return;
    await pictureOf(svg, title, caption).then(
      (picture) => saveFile(fileName(title, 'png'), picture),
      () => sayFailed('The picture could not be made in this browser. The CSV holds the same figures.'),
    );
  };
  const reading = active === null ? undefined : points[active];
  return (
    <figure className="min-w-0 text-ink">
      {error ? (
        <ErrorState reference={error.reference} onRetry={error.onRetry} busy={loading} flush>
          {error.text}
        </ErrorState>
      ) : null}
      <header className="flex items-start gap-3 px-3 pt-3 md:px-4">
        <Heading id={`${id}-title`} className="min-w-0 flex-1 text-pretty font-semibold text-15 tracking-[-.006em]">
          {title}
        </Heading>
        <div className="-mt-1 flex flex-none gap-0.5">
          <IconButton
            icon={table ? 'chart' : 'table'}
            label={table ? 'Show as picture' : 'Show as table'}
            aria-pressed={table}
            onClick={() => (onShowTable ?? setOwnTable)(!table)}
          />
          <IconButton icon="picture" label="Save as picture" disabled={table || width === 0} onClick={savePicture} />
          <IconButton
            icon="download"
            label="Download CSV"
            onClick={() => saveFile(fileName(title, 'csv'), new Blob([toCsv(twin)], { type: 'text/csv;charset=utf-8' }))}
          />
        </div>
      </header>
      <Dim loading={loading} old={error !== undefined}>
        {table ? <TwinTable twin={twin} /> : null}
        <div className={cx('px-2 py-2 md:px-4', table && 'hidden')}>
          <div
            ref={box}
            role="application"
            aria-roledescription="chart"
            aria-labelledby={`${id}-title`}
            aria-describedby={`${id}-caption ${id}-keys`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the points of a chart are walked with the keyboard
            tabIndex={0}
            onKeyDown={walk}
            onBlur={() => point(null)}
            onPointerLeave={() => point(null)}
            className="relative min-w-0 outline-offset-4"
          >
            {width > 0 ? children({ width, active, onPoint: point }) : <div className="aspect-[2.4]" />}
            {reading && active !== null ? <Reading text={reading} at={readingAt(active, width)} width={width} /> : null}
          </div>
        </div>
      </Dim>
      <p id={`${id}-keys`} className="sr-only">
        {points.length} points. Arrow keys, Home and End walk over them.
      </p>
      <p aria-live="polite" className="sr-only">
        {keyed.current ? reading : ''}
      </p>
      {legend && !table ? <div className="px-3 pb-2 md:px-4">{legend}</div> : null}
      <figcaption id={`${id}-caption`} className="text-pretty px-3 pb-3 text-12 text-ink-2 md:px-4">
        {caption}
      </figcaption>
    </figure>
  );
}

/** The point's sentence beside the cursor; the live region says it, so it is hidden here. */
function Reading({ text, at, width }: { text: string; at: number; width: number }) {
  const right = at > width / 2;
  return (
    <div
      aria-hidden="true"
      style={right ? { right: Math.max(0, width - at + 10) } : { left: at + 10 }}
      className="pointer-events-none absolute top-1 z-10 max-w-60 rounded-2 border border-line-strong bg-raised px-2 py-1 text-12 shadow-float"
    >
      {text}
    </div>
  );
}
