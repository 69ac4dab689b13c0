/** What somebody began to write or chose, kept while they sign in or reload. Must not send it. */

export interface Drafts {
  /** Empty where nothing was begun. */
  read(name: string): string;
  /** An empty text forgets the draft. */
  write(name: string, text: string): void;
  /** Whoever comes next must not find them. */
  clear(): void;
}

/** The language that was chosen on the page, until the account of whoever is signed in has it too. */
export const LANGUAGE_DRAFT = 'language';

const KEY = 'swiftdrop.drafts';
/** The one that was written to longest ago goes first. */
const DRAFTS_MAX = 30;

/** @param storage this tab's own; null where the browser forbids it, and drafts last as the page */
export function createDrafts(storage: Storage | null): Drafts {
  const kept = new Map<string, string>(parse(storage?.getItem(KEY) ?? null));

  function keep() {
    try {
      storage?.setItem(KEY, JSON.stringify([...kept]));
    } catch {}
  }
  return {
    read: (name) => kept.get(name) ?? '',
    write: (name, text) => {
      kept.delete(name);
      if (text !== '') kept.set(name, text);
      for (const oldest of kept.keys()) if (kept.size > DRAFTS_MAX) kept.delete(oldest);
      keep();
    },
    clear: () => {
      kept.clear();
      keep();
    },
  };
}

function parse(text: string | null): [string, string][] {
  try {
    const entries: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(entries) ? (entries as [string, string][]) : [];
  } catch {
    return [];
  }
}
