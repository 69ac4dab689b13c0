/** The kinds of rows that this Worker works off, each with its handler. */
import type { KindTable } from './rules/kind.ts';

export function createKinds(): KindTable {
  return {};
}
