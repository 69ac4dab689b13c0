/**
 * Interleaves phases of several kinds and compares them. Must not measure anything itself. On a
 * machine with other load, only this comparison is reliable: each kind against the phases next to
 * it, and against how much equal phases differ.
 */
import { median } from '../speed/samples.ts';

export interface Turn<Kind extends string> {
  kind: Kind;
  round: number;
}

export interface Phase<Kind extends string> extends Turn<Kind> {
  figures: Record<string, number>;
}

export interface Column {
  figure: string;
  title: string;
  better: 'high' | 'low';
}

export interface Compared {
  kind: string;
  figure: string;
  phases: number;
  median: number;
  least: number;
  most: number;
  /** Of the medians of each round to those of the base; the median, the least and the most. */
  ratio: { median: number; least: number; most: number };
  /** Not worse than the worst of the base's own phases. */
  isWithinNoise: boolean;
}

/** Back and forth, so that a machine that gets slower favours nobody. */
export function interleave<Kind extends string>(kinds: Kind[], rounds: number): Turn<Kind>[] {
  return Array.from({ length: rounds }, (_, round) =>
    (round % 2 === 0 ? kinds : kinds.toReversed()).map((kind) => ({ kind, round })),
  ).flat();
}

export function compare<Kind extends string>(
  phases: Phase<Kind>[],
  base: Kind,
  { figure, better }: Column,
): Compared[] {
  const kinds = [...new Set(phases.map(({ kind }) => kind))];
  const valuesOf = (wanted: Phase<Kind>[]) => wanted.map(({ figures }) => figures[figure] ?? 0);
  const baseValues = valuesOf(phases.filter(({ kind }) => kind === base));
  return kinds.map((kind) => {
    const own = phases.filter((phase) => phase.kind === kind);
    const values = valuesOf(own);
    const ratios = [...new Set(own.map(({ round }) => round))].map((round) => {
      const inRound = (of: Kind) =>
        median(valuesOf(phases.filter((phase) => phase.kind === of && phase.round === round)));
      return inRound(kind) / inRound(base);
    });
    const middle = median(values);
    return {
      kind,
      figure,
      phases: values.length,
      median: middle,
      least: Math.min(...values),
      most: Math.max(...values),
      ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
      isWithinNoise:
        better === 'high' ? middle >= Math.min(...baseValues) : middle <= Math.max(...baseValues),
    };
  });
}
