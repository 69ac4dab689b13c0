/** Which columns of a table are shown, kept in this browser, and the boxes that choose them. */
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { useBrowserKept } from './browser-kept.ts';
import { useKeys } from './use-keys.ts';

/** More than any table has. */
const COLUMNS_MAX = 20;

export interface ColumnChoice {
  readonly name: string;
  readonly title: string;
  /** Shown only where it was chosen. */
  readonly isExtra?: boolean;
}

/**
 * @param table the name of the table
 * @param columns the first is always shown, as what its rows are called
 */
export function useShownColumns<Column extends ColumnChoice>(
  table: string,
  columns: readonly Column[],
) {
  const [changed, setChanged] = useBrowserKept(`columns.${table}`, namesIn);
  // Only what differs is kept, so that a column of a later version is there.
  const isShown = ({ name, isExtra = false }: ColumnChoice) => isExtra === changed.includes(name);
  return {
    shown: columns.filter((column, n) => n === 0 || isShown(column)),
    isShown,
    toggle: ({ name }: ColumnChoice) =>
      setChanged(
        changed.includes(name)
          ? changed.filter((one) => one !== name)
          : [...changed, name].slice(-COLUMNS_MAX),
      ),
  };
}

export interface ColumnBoxesProps {
  readonly columns: readonly ColumnChoice[];
  isShown(column: ColumnChoice): boolean;
  toggle(column: ColumnChoice): void;
}

export function ColumnBoxes({ columns, isShown, toggle }: ColumnBoxesProps) {
  const { lists } = ADMIN_TEXTS;
  const [isOpen, setIsOpen] = useState(false);
  const box = useKeys<HTMLDivElement>(({ key }) => {
    if (key !== 'Escape' || !isOpen) return;
    setIsOpen(false);
    box.current?.querySelector('button')?.focus();
  });
  return (
    <div class="table-columns" ref={box}>
      <Button kind="plain" isExpanded={isOpen} onPress={() => setIsOpen(!isOpen)}>
        {lists.columns}
      </Button>
      {isOpen && (
        <fieldset>
          <legend class="visually-hidden">{lists.columns}</legend>
          {columns.slice(1).map((column) => (
            <label key={column.name}>
              <input type="checkbox" checked={isShown(column)} onChange={() => toggle(column)} />
              {column.title}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

function namesIn(kept: unknown): readonly string[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter((name) => typeof name === 'string').slice(-COLUMNS_MAX);
}
