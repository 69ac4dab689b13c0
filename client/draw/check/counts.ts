/** Counts the entries of a draw over time again, and holds them to those that are published: clause 5. */
import type { Draw, DrawCounts, DrawEntry } from '../../../worker/contract/draw.ts';
import { countSteps } from '../../../worker/contract/draw-counts.ts';
import type { Findings } from './findings.ts';

export interface Recount {
  take(line: DrawEntry): void;
  /** Once all are taken. */
  close(): void;
}

/** @param draw that somebody entered */
export function recountOf({ counts, records, status, start }: Draw, found: Findings): Recount {
  // Saved before there were any.
  if (!counts || start === null) return { take: () => {}, close: () => {} };
  const again: Pick<DrawCounts, 'entered' | 'left'> = { entered: [], left: [] };
  let [fromMs, stepMs, taken] = [0, 1, 0];
  let isRight = status === 'open' ? counts.records <= records : counts.records === records;

  function begin(firstMs: number, closeMs: number) {
    const steps = countSteps(firstMs, closeMs);
    fromMs = steps.fromMs;
    stepMs = steps.stepSeconds * 1_000;
    isRight &&= Date.parse(counts?.from ?? '') === fromMs;
    isRight &&= counts?.stepSeconds === steps.stepSeconds;
    again.entered = Array.from({ length: steps.count }, () => 0);
    again.left = Array.from({ length: steps.count }, () => 0);
  }
  return {
    take: ({ kind, at }) => {
      if (taken === counts.records) return;
      taken += 1;
      const atMs = Date.parse(at);
      if (taken === 1) begin(atMs, start.entriesCloseAtMs);
      const step = Math.floor((atMs - fromMs) / stepMs);
      const kinds = kind === 'enter' ? again.entered : again.left;
      const before = kinds[step];
      if (before === undefined) isRight = false;
      else kinds[step] = before + 1;
    },
    close: () => {
      // Of a list that is a little older than the counts, not all of them came.
      const isBehind = status === 'open' && taken < counts.records;
      if (!isBehind) {
        isRight &&= isSame(again.entered, counts.entered) && isSame(again.left, counts.left);
      }
      found.expect(isRight, 'counts_wrong');
    },
  };
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((count, index) => count === other[index]);
}
