'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/states';

/* The charts' code is about half of a screen's JavaScript: it is fetched when a chart is on the page, and its place is kept until then. */

const Place = () => (
  <div className="grid gap-3 p-4">
    <Skeleton height={20} label="Reading the chart" />
    <div className="skeleton aspect-[2.4] animate-pulse max-sm:aspect-[1.6]" />
  </div>
);

/** The burn-up of a budget's period. */
export const BurnUpChart = dynamic(() => import('./burn-up/burn-up').then((module) => module.BurnUpChart), { ssr: false, loading: Place });

/** Spend by time and group. */
export const SpendOverTimeChart = dynamic(() => import('./spend/spend-over-time').then((module) => module.SpendOverTimeChart), {
  ssr: false,
  loading: Place,
});
