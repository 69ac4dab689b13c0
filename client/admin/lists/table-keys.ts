/** What a key does in a table. Pure. */

export type TableStep = 'next' | 'before' | 'first' | 'last';
export type TableAct = TableStep | 'open' | 'choose' | 'help';

const ACTS: Readonly<Record<string, TableAct>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'before',
  ArrowUp: 'before',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  ' ': 'choose',
  '?': 'help',
};

/** @returns undefined for a key that does nothing there */
export function tableAct(key: string): TableAct | undefined {
  return Object.hasOwn(ACTS, key) ? ACTS[key] : undefined;
}

/** @param rows more than none; the steps end at both ends */
export function rowAfter(row: number, step: TableStep, rows: number): number {
  switch (step) {
    case 'next':
      return Math.min(row + 1, rows - 1);
    case 'before':
      return Math.max(row - 1, 0);
    case 'first':
      return 0;
    case 'last':
      return rows - 1;
    default:
      return step satisfies never;
  }
}
