/** What is enough to be sought: worker/contract/admin-search.ts has the same, with its library. */

/** Two letters or digits that follow each other: less is in nearly every name. */
const SOUGHT = /[\p{L}\p{N}]\p{M}*[\p{L}\p{N}]/u;

export function isSearchable(q: string): boolean {
  return SOUGHT.test(q);
}
