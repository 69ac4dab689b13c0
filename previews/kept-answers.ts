/** The answers of one isolate that are still fresh, by their path: the platform keeps none on workers.dev. */

/** About 30 kB each. */
const ANSWERS_MAX = 50;

/** A picture, or that there is none. */
export type Answer = { picture: Uint8Array<ArrayBuffer> } | 'no_report';

export interface KeptAnswers {
  find(path: string, nowMs: number): Answer | undefined;
  keep(path: string, answer: Answer, freshUntilMs: number): void;
}

export function keepAnswers(): KeptAnswers {
  const kept = new Map<string, { answer: Answer; freshUntilMs: number }>();
  return {
    find(path, nowMs) {
      const found = kept.get(path);
      return found !== undefined && nowMs < found.freshUntilMs ? found.answer : undefined;
    },
    keep(path, answer, freshUntilMs) {
      kept.delete(path);
      kept.set(path, { answer, freshUntilMs });
      const [oldest] = kept.keys();
      if (kept.size > ANSWERS_MAX && oldest !== undefined) kept.delete(oldest);
    },
  };
}
