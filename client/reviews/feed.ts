/** A list that others write to, as its pages come in and one's own changes are laid over. Pure. */

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor: string | null;
}

interface Named {
  readonly id: string;
}

/**
 * The first page asked for anew. What was loaded after it stays where the page reaches what was
 * known; else much has happened, and the list begins anew.
 */
export function takeFirst<Entry extends Named>(
  known: Page<Entry> | null,
  page: Page<Entry>,
): Page<Entry> {
  const last = page.entries.at(-1);
  if (known === null || page.nextCursor === null || last === undefined) return page;
  const meets = known.entries.findIndex(({ id }) => id === last.id);
  const rest = meets === -1 ? [] : known.entries.slice(meets + 1);
  if (rest.length === 0) return page;
  return { entries: [...page.entries, ...rest], nextCursor: known.nextCursor };
}

/** The page after what is known; what moved into it from an earlier one is there once. */
export function takeNext<Entry extends Named>(known: Page<Entry>, page: Page<Entry>): Page<Entry> {
  const ids = new Set(known.entries.map(({ id }) => id));
  const rest = page.entries.filter(({ id }) => !ids.has(id));
  return { entries: [...known.entries, ...rest], nextCursor: page.nextCursor };
}

/** An entry as it now is: in its place, or at the end where new ones come. */
export function put<Entry extends Named>(
  known: Page<Entry>,
  entry: Entry,
  newest: 'first' | 'last',
): Page<Entry> {
  const { entries } = known;
  if (entries.some(({ id }) => id === entry.id)) {
    return { ...known, entries: entries.map((old) => (old.id === entry.id ? entry : old)) };
  }
  return { ...known, entries: newest === 'first' ? [entry, ...entries] : [...entries, entry] };
}

export function drop<Entry extends Named>(known: Page<Entry>, id: string): Page<Entry> {
  return { ...known, entries: known.entries.filter((entry) => entry.id !== id) };
}

/** How many entries of the page were not known; 0 where nothing was. */
export function countNew<Entry extends Named>(
  known: Page<Entry> | null,
  page: Page<Entry>,
): number {
  if (known === null) return 0;
  const ids = new Set(known.entries.map(({ id }) => id));
  return page.entries.filter(({ id }) => !ids.has(id)).length;
}
