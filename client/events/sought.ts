/** What the list is narrowed to, as its address says it. */
import type { SoughtEvents } from '../../worker/contract/pages.ts';

/** As the server takes it. */
export const SOUGHT_CHARS_MAX = 120;

type Asked = { readonly [Name in keyof SoughtEvents]?: string | undefined };

export function soughtIn({ q, category }: Asked): SoughtEvents {
  const asked = Object.entries({ q, category }).map(
    ([name, text = '']) => [name, text.trim().slice(0, SOUGHT_CHARS_MAX)] as const,
  );
  return Object.fromEntries(asked.filter(([, text]) => text));
}

/** @returns the query in the address of the list that is narrowed so: empty, or from its question mark on. */
export function listQuery(sought: Asked): string {
  const query = String(new URLSearchParams({ ...soughtIn(sought) }));
  return query && `?${query}`;
}
