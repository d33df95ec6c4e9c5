import { useId } from 'react';
import { formatMoney } from '@/lib/kernel/format-money';
import { Marker, SeriesPattern } from '../marks';
import { type FoldedSeries, OTHER_ID } from './fold';

/** Names, samples and totals in the order of the picture; "other" opens what is behind it. */
export function Legend({ series, lines, onOpenOther }: { series: FoldedSeries[]; lines: boolean; onOpenOther?: (() => void) | undefined }) {
  const base = useId().replaceAll(':', '');
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12">
      {series.map((each, index) => (
        <li key={each.id} className="flex items-center gap-1.5">
          <svg viewBox="0 0 20 12" aria-hidden="true" className="keep-colour h-3 w-5 flex-none">
            {lines ? (
              <>
                <path d="M0 6h20" stroke={each.style.colour} strokeWidth={2} strokeDasharray={each.style.dash} />
                <Marker style={each.style} x={10} y={6} />
              </>
            ) : (
              <>
                <defs>
                  <SeriesPattern id={`${base}${index}`} style={each.style} />
                </defs>
                <rect width={20} height={12} rx={2} fill={`url(#${base}${index})`} />
              </>
            )}
          </svg>
          {each.id === OTHER_ID && onOpenOther ? (
            <button type="button" onClick={onOpenOther} className="text-accent-ink underline">
              {each.label}
            </button>
          ) : (
            <span>{each.label}</span>
          )}
          <span className="text-ink-2">{formatMoney(each.total)}</span>
        </li>
      ))}
    </ul>
  );
}
