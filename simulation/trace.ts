/** What happened in a run, line by line: hashed, counted, and the last lines kept to be shown. */
import { createHash } from 'node:crypto';

const TAIL_LINES_MAX = 60;

export class Trace {
  readonly #hash = createHash('sha256');
  readonly #tail: string[] = [];
  readonly #counts = new Map<string, number>();
  readonly #print: ((line: string) => void) | undefined;

  /** @param print is given every line as it comes; otherwise only the last ones are kept. */
  constructor(print?: (line: string) => void) {
    this.#print = print;
  }

  /** @param ms virtual time since the run began. */
  add(ms: number, text: string): void {
    const line = `${(ms / 1_000).toFixed(3).padStart(8)} ${text}`;
    this.#hash.update(line);
    this.#print?.(line);
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES_MAX) this.#tail.shift();
  }

  /** Counts a kind of thing that a run should meet sometimes. */
  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  get tail(): readonly string[] {
    return this.#tail;
  }

  /** Two runs are the same if this is. Ends the trace. */
  digest(): string {
    return this.#hash.digest('hex').slice(0, 16);
  }
}
