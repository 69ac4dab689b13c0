/**
 * What each entry of the browser's history had on its page, such as lists as far as they were loaded, so
 * that Back leads to the same page; to the same place on it: scroll-places.ts. Must not know what
 * is kept.
 */

export interface PageMemory {
  /** What the present entry of the history had under this name. */
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  /** Somebody else is signed in, or nobody. */
  forget(): void;
}

/** More steps back than anybody makes. */
const ENTRIES_MAX = 20;
/** Where nothing is kept: on the server, and in tests of something else. */
export const NO_MEMORY: PageMemory = {
  read: () => undefined,
  write: () => {},
  forget: () => {},
};

/** @param newKey gives each entry a name of its own, also after a reload */
export function createPageMemory(page: Window, newKey: () => string): PageMemory {
  const kept = new Map<string, Map<string, unknown>>();

  /** The present entry's name, which its other state does not touch. */
  function entry(): string {
    const state = page.history.state as { entry?: string } | null;
    if (state?.entry !== undefined) return state.entry;
    const named = newKey();
    page.history.replaceState({ ...state, entry: named }, '');
    return named;
  }
  return {
    read: (name) => kept.get(entry())?.get(name),
    write: (name, value) => {
      const present = entry();
      const values = kept.get(present) ?? new Map<string, unknown>();
      kept.delete(present);
      kept.set(present, values.set(name, value));
      const [oldest] = kept.keys();
      if (kept.size > ENTRIES_MAX && oldest !== undefined) kept.delete(oldest);
    },
    forget: () => kept.clear(),
  };
}
