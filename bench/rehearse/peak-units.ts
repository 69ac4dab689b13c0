/** How many units were promised at once, at most. Must not know where spans come from. */

/** Units promised from one instant until (not including) another. */
export interface Span {
  fromMs: number;
  untilMs: number;
  units: number;
}

export interface PeakUnits {
  peakUnits: number;
  /** The first instant at which `level` units were promised; null if never. */
  reachedAtMs: number | null;
}

export function peakUnitsOf(spans: readonly Span[], level: number): PeakUnits {
  const edges = spans
    .flatMap(edgesOf)
    // A unit given back at an instant may be promised again at that instant.
    .toSorted((a, b) => a.atMs - b.atMs || a.units - b.units);
  let promised = 0;
  let peakUnits = 0;
  let reachedAtMs: number | null = null;
  for (const edge of edges) {
    promised += edge.units;
    peakUnits = Math.max(peakUnits, promised);
    if (reachedAtMs === null && promised >= level) reachedAtMs = edge.atMs;
  }
  return { peakUnits, reachedAtMs };
}

function edgesOf({ fromMs, untilMs, units }: Span): Array<{ atMs: number; units: number }> {
  if (untilMs <= fromMs) return [];
  return [
    { atMs: fromMs, units },
    { atMs: untilMs, units: -units },
  ];
}
