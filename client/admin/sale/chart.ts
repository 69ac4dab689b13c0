/** A sale's progress as a drawing's geometry. Must not draw. */
import type { EventDashboard } from '../../../worker/contract/administration.ts';

export interface ChartSize {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Chart {
  /** SVG path data: the line, and the area under it. */
  readonly line: string;
  readonly area: string;
  readonly yTicks: readonly { readonly units: number; readonly y: number }[];
  readonly xTicks: readonly { readonly atMs: number; readonly x: number }[];
  readonly last: { readonly x: number; readonly y: number };
}

const Y_TICKS_MAX = 5;
/** As wide as a time of day and the space around it. */
const X_TICK_WIDTH = 90;

/** @returns null while there is nothing to draw. */
export function chartOf(series: EventDashboard['sellThrough'], size: ChartSize): Chart | null {
  const { points, bucketSeconds } = series;
  const [first] = points;
  if (first === undefined) return null;
  const startMs = Date.parse(first.at);
  // A point shows what was sold until its bucket's end.
  const marks = [
    { atMs: startMs, units: first.unitsCumulative - first.units },
    ...points.map(({ at, unitsCumulative }) => ({
      atMs: Date.parse(at) + bucketSeconds * 1_000,
      units: unitsCumulative,
    })),
  ];
  const endMs = marks.at(-1)?.atMs ?? startMs;
  const ticks = unitTicks(Math.max(...marks.map(({ units }) => units)));
  const unitsMax = ticks.at(-1) ?? 1;
  const xOf = (atMs: number) =>
    rounded(
      size.left + ((atMs - startMs) / (endMs - startMs)) * (size.width - size.left - size.right),
    );
  const yOf = (units: number) =>
    rounded(
      size.height - size.bottom - (units / unitsMax) * (size.height - size.top - size.bottom),
    );
  const corners = marks.map(({ atMs, units }) => ({ x: xOf(atMs), y: yOf(units) }));
  const line = `M${corners.map(({ x, y }) => `${x} ${y}`).join('L')}`;
  const last = corners.at(-1) ?? { x: xOf(startMs), y: yOf(0) };
  return {
    line,
    area: `${line}L${last.x} ${yOf(0)}L${xOf(startMs)} ${yOf(0)}Z`,
    yTicks: ticks.map((units) => ({ units, y: yOf(units) })),
    xTicks: timeTicks(startMs, endMs, size.width).map((atMs) => ({ atMs, x: xOf(atMs) })),
    last,
  };
}

/** Zero and round whole steps up to the first that is not below the most. */
export function unitTicks(unitsMax: number): number[] {
  const least = Math.max(1, unitsMax) / (Y_TICKS_MAX - 1);
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= least) ?? 1;
  const count = Math.max(1, Math.ceil(unitsMax / step));
  return Array.from({ length: count + 1 }, (_, n) => n * step);
}

function timeTicks(startMs: number, endMs: number, width: number): number[] {
  const seconds = Math.floor((endMs - startMs) / 1_000);
  const steps = Math.max(1, Math.min(4, seconds, Math.floor(width / X_TICK_WIDTH) - 1));
  return Array.from({ length: steps + 1 }, (_, n) => startMs + ((endMs - startMs) * n) / steps);
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
