/** Reads the strokes of a letter from their short form. Must not know what they are drawn on. */
import type { Point, Stroke } from './canvas.ts';

/** Strokes of one curve: enough for the largest letters that are drawn. */
const CURVE_STROKES = 8;
/** How far the control points of a quarter of an ellipse are from its ends. */
const QUARTER = 0.5523;

type Curve = readonly [Point, Point, Point, Point];

/**
 * `M x y` starts a line there, `L x y` draws a straight one on; `h x y` draws a quarter of an ellipse that
 * starts sideways, `v x y` one that starts up or down; `q cx cy x y` draws a curve that is bent towards
 * the first point.
 */
export function strokesIn(path: string): readonly Stroke[] {
  const strokes: Stroke[] = [];
  let at: Point = { x: 0, y: 0 };
  for (const [, command = '', numbers = ''] of path.matchAll(/([MLhvq])([^MLhvq]+)/g)) {
    const [a = 0, b = 0, c = 0, d = 0] = numbers.trim().split(/\s+/).map(Number);
    const to = command === 'q' ? { x: c, y: d } : { x: a, y: b };
    if (command === 'L') strokes.push({ from: at, to });
    else if (command !== 'M') {
      strokes.push(...strokesOf(curveOf(command, [at, { x: a, y: b }, to])));
    }
    at = to;
  }
  return strokes;
}

/** @param points where it starts, the point that it is bent towards, and where it ends. */
function curveOf(command: string, [from, bend, to]: [Point, Point, Point]): Curve {
  const corners = { h: { x: to.x, y: from.y }, v: { x: from.x, y: to.y }, q: bend };
  const corner = corners[command as keyof typeof corners];
  const pull = command === 'q' ? 2 / 3 : QUARTER;
  return [from, between(from, corner, pull), between(to, corner, pull), to];
}

function strokesOf(curve: Curve): Stroke[] {
  const points = Array.from({ length: CURVE_STROKES + 1 }, (_, step) =>
    pointOn(curve, step / CURVE_STROKES),
  );
  return points.slice(1).map((to, step) => ({ from: points[step] ?? to, to }));
}

/** By de Casteljau. */
function pointOn([a, b, c, d]: Curve, share: number): Point {
  const [ab, bc, cd] = [between(a, b, share), between(b, c, share), between(c, d, share)];
  return between(between(ab, bc, share), between(bc, cd, share), share);
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
