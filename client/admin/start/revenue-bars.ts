/** Revenue over time as bars: the geometry of a drawing. Must not draw. */
import { type ChartSize, unitTicks } from '../sale/chart.ts';

export interface Bars {
  readonly bars: readonly Bar[];
  readonly yTicks: readonly { readonly minor: number; readonly y: number }[];
  readonly zeroY: number;
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isLoss: boolean;
}

/** Of the room that a bar has, how much it fills. */
const FILLED = 0.7;

/** @param amounts what was left of each bucket, in minor units; less than 0 where more went back */
export function barsOf(amounts: readonly number[], size: ChartSize): Bars {
  const ticks = unitTicks(Math.max(0, ...amounts));
  const most = ticks.at(-1) ?? 1;
  const least = Math.min(0, ...amounts);
  const heightOf = (minor: number) =>
    (minor / (most - least)) * (size.height - size.top - size.bottom);
  const zeroY = size.top + heightOf(most);
  const room = (size.width - size.left - size.right) / Math.max(1, amounts.length);
  const bars = amounts.map((minor, n) => {
    const height = rounded(heightOf(Math.abs(minor)));
    return {
      x: rounded(size.left + (n + (1 - FILLED) / 2) * room),
      y: rounded(minor < 0 ? zeroY : zeroY - height),
      width: rounded(room * FILLED),
      height,
      isLoss: minor < 0,
    };
  });
  return {
    bars,
    yTicks: ticks.map((minor) => ({ minor, y: rounded(zeroY - heightOf(minor)) })),
    zeroY: rounded(zeroY),
  };
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
