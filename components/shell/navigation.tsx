'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from '../ui/class-names';
import { Icon } from '../ui/icon';
import { Freshness, type FreshnessState } from '../ui/time';
import { isIn, PLACES, type Place } from './places';

/** The places, the ones below the line apart; the dot at Data says whether figures can be trusted. */
export function Navigation({ freshness, onGo }: { freshness: FreshnessState; onGo?: () => void }) {
  const pathname = usePathname();
  const list = (places: Place[], className?: string) => (
    <ul className={className}>
      {places.map((place) => {
        const here = isIn(place, pathname);
        return (
          <li key={place.href}>
            <Link
              href={place.href}
              onClick={onGo}
              aria-current={here ? 'page' : undefined}
              className={cx(
                'flex h-control items-center gap-2 rounded-2 px-2 font-medium text-13',
                here ? 'bg-chosen text-ink' : 'text-ink-2 hover:bg-hover',
              )}
            >
              <Icon name={place.icon} />
              {place.label}
              {place.href === '/data' ? <Freshness {...freshness} className="ml-auto font-normal" /> : null}
            </Link>
          </li>
        );
      })}
    </ul>
  );
  return (
    <nav aria-label="Places">
      {list(PLACES.filter((place) => !place.below))}
      {list(
        PLACES.filter((place) => place.below),
        'mt-3 border-line border-t pt-3',
      )}
    </nav>
  );
}
