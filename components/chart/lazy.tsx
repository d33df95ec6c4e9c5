'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/states';

/* The charts' code is about half of a screen's JavaScript: it is fetched when a chart is on the page, and its place is kept until then. */

/** As high as the chart will be: the picture's shape and bounds, and room for the words under it. */
const Place = ({ shape }: { shape: string }) => (
  <div className="grid gap-3 p-4 pb-12">
    <Skeleton height={20} label="Reading the chart" />
    <div className={`skeleton animate-pulse ${shape}`} />
  </div>
);
const BurnUpPlace = () => <Place shape="aspect-[2.4] max-h-[520px] min-h-[280px] max-sm:aspect-[1.6] max-sm:min-h-[200px]" />;
const SpendPlace = () => <Place shape="aspect-[3] max-h-[360px] min-h-[200px]" />;

/** The burn-up of a budget's period. */
export const BurnUpChart = dynamic(() => import('./burn-up/burn-up').then((module) => module.BurnUpChart), {
  ssr: false,
  loading: BurnUpPlace,
});

/** Spend by time and group. */
export const SpendOverTimeChart = dynamic(() => import('./spend/spend-over-time').then((module) => module.SpendOverTimeChart), {
  ssr: false,
  loading: SpendPlace,
});
