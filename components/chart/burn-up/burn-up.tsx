'use client';

import { useMemo } from 'react';
import { ChartFrame, type ChartWords } from '../frame/chart-frame';
import { makePlot, nearest } from '../plot';
import type { BurnUp } from './model';
import { Picture } from './picture';
import { prepareBurnUp } from './prepare';
import { burnUpTwin } from './twin';

const NARROW = 560;
const LEFT = 48;

/** The room around the drawing area, and the lane for pins under it. About 2.4 : 1; on a phone taller. */
function space(width: number, pins: boolean) {
  const narrow = width < NARROW;
  const height = narrow ? Math.max(200, Math.round(width / 1.6)) : Math.max(280, Math.min(520, Math.round(width / 2.4)));
  return { width, height, left: narrow ? 44 : LEFT, right: narrow ? 8 : 152, top: 14, bottom: pins && !narrow ? 70 : 28 };
}

/** The picture of a budget's period: what was spent, what is expected, the levels on the way, and when it stops. Data: see model.ts. */
export function BurnUpChart({ burnUp, ...words }: { burnUp: BurnUp } & Omit<ChartWords, 'title' | 'caption'>) {
  const prepared = useMemo(() => prepareBurnUp(burnUp), [burnUp]);
  const { twin, sentences, moments } = useMemo(() => burnUpTwin(burnUp), [burnUp]);
  const plotOf = (width: number) => makePlot(space(width, burnUp.pins.length > 0), prepared);
  return (
    <ChartFrame
      {...words}
      title={burnUp.title}
      caption={burnUp.caption}
      twin={twin}
      points={sentences}
      readingAt={(index, width) => plotOf(width).x(moments[index] ?? prepared.from)}
    >
      {({ width, active, onPoint }) => {
        const plot = plotOf(width);
        const move = (px: number) => onPoint(px < plot.left - 8 || px > plot.right + 8 ? null : nearest(moments.map(plot.x), px));
        return (
          <Picture
            burnUp={burnUp}
            prepared={prepared}
            plot={plot}
            narrow={width < NARROW}
            cursor={active === null ? null : (moments[active] ?? null)}
            onMove={move}
          />
        );
      }}
    </ChartFrame>
  );
}
