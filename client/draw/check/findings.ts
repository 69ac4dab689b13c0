/** What a check found so far: each code once, with where it was found first. */
import type { DrawFinding, DrawFindingCode } from '../../../worker/contract/draw-findings.ts';

export interface Findings {
  /** @param seq of the record that it is about */
  add(code: DrawFindingCode, seq?: number): void;
  /** Adds it where something is not so. */
  expect(isSo: boolean, code: DrawFindingCode, seq?: number): void;
  all(): DrawFinding[];
}

export function createFindings(): Findings {
  const found = new Map<DrawFindingCode, DrawFinding>();
  const add: Findings['add'] = (code, seq) => {
    if (!found.has(code)) found.set(code, { code, ...(seq !== undefined && { seq }) });
  };
  return {
    add,
    expect: (isSo, code, seq) => {
      if (!isSo) add(code, seq);
    },
    all: () => [...found.values()],
  };
}
