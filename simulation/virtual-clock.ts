/**
 * Virtual time: the one event heap through which everything that takes time passes. Events run one after
 * another, in order of their time and then of their making; real time never matters.
 */

interface Entry {
  atMs: number;
  order: number;
  isCancelled: boolean;
  run(): void | Promise<void>;
}

export class VirtualClock {
  #nowMs: number;
  #steps = 0;
  #made = 0;
  readonly #heap: Entry[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Events run so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Runs at that time, or as the next thing if it has passed. @returns what cancels it. */
  at(atMs: number, run: () => void | Promise<void>): () => void {
    const entry = {
      atMs: Math.max(atMs, this.#nowMs),
      order: this.#made++,
      isCancelled: false,
      run,
    };
    push(this.#heap, entry);
    return () => {
      entry.isCancelled = true;
    };
  }

  after(ms: number, run: () => void | Promise<void>): () => void {
    return this.at(this.#nowMs + ms, run);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((done) => {
      this.after(ms, done);
    });
  }

  sleepUntil(atMs: number): Promise<void> {
    return new Promise((done) => {
      this.at(atMs, done);
    });
  }

  /** Runs the next event and everything that follows from it in the same instant. */
  async step(): Promise<boolean> {
    let entry = pop(this.#heap);
    while (entry?.isCancelled) entry = pop(this.#heap);
    if (entry === undefined) return false;
    this.#nowMs = entry.atMs;
    this.#steps++;
    await entry.run();
    await settled();
    return true;
  }
}

/** setImmediate comes after every microtask, so each promise that can go on has gone on. */
function settled(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let place = heap.length;
  heap.push(entry);
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let place = 0;
  for (;;) {
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    const child = right && left && isBefore(right, left) ? right : left;
    if (child === undefined || !isBefore(child, last)) break;
    heap[place] = child;
    place = 2 * place + (child === left ? 1 : 2);
  }
  heap[place] = last;
  return first;
}
