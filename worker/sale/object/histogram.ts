/** Counts values by size. Pure. */

/** Plain data that survives RPC. */
export interface HistogramFigures {
  /** The largest value of each count but the last, ascending. */
  bounds: readonly number[];
  /** Values that no count before this one took; the last takes all that are larger. */
  counts: number[];
  sum: number;
}

export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  add(value: number): void {
    const place = this.#bounds.findIndex((bound) => value <= bound);
    const n = place === -1 ? this.#bounds.length : place;
    this.#counts[n] = (this.#counts[n] ?? 0) + 1;
    this.#sum += value;
  }

  figures(): HistogramFigures {
    return { bounds: this.#bounds, counts: [...this.#counts], sum: this.#sum };
  }
}
