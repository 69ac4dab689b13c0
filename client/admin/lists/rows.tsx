/** Entries of a list one below the other, where they are too long for a table. */
import type { ComponentChildren } from 'preact';

export interface RowsProps<Entry> {
  readonly entries: readonly Entry[];
  children(entry: Entry): ComponentChildren;
}

export function Rows<Entry extends { id: string }>({ entries, children }: RowsProps<Entry>) {
  return (
    <ul class="rows">
      {entries.map((entry) => (
        <li class="row" key={entry.id}>
          {children(entry)}
        </li>
      ))}
    </ul>
  );
}
