/** A dense table whose rows are walked through by keys, with a choice of its columns. Must not load anything. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { ColumnBoxes, type ColumnChoice, useShownColumns } from './table-columns.tsx';
import { TableHelp } from './table-help.tsx';
import { rowAfter, tableAct } from './table-keys.ts';
import { useKeys } from './use-keys.ts';

export interface Column<Entry> extends ColumnChoice {
  /** Of a phone's card: in its first line, at that line's end, or not at all; else in its second line. */
  readonly card?: 'first' | 'end' | 'none';
  readonly isNumber?: boolean;
  /** Of any length: shortened to one line where it has no room. */
  readonly isText?: boolean;
  /** Of several lines. */
  readonly isLong?: boolean;
  cell(entry: Entry): ComponentChildren;
}

export interface Choosing<Entry> {
  /** The box for all rows at once. */
  readonly all: ComponentChildren;
  label(entry: Entry): string;
  isChosen(entry: Entry): boolean;
  /** It cannot be chosen now. */
  isBarred(entry: Entry): boolean;
  choose(entry: Entry, isChosen: boolean): void;
}

export interface TableProps<Entry> {
  /** Under which the choice of its columns is kept. */
  readonly name: string;
  readonly caption: string;
  /** The first has what a row is called, and its first link is what the row leads to. */
  readonly columns: readonly Column<Entry>[];
  readonly entries: readonly Entry[];
  readonly choosing?: Choosing<Entry>;
}

export function Table<Entry extends { id: string }>(props: TableProps<Entry>) {
  const { name, caption, columns, entries, choosing } = props;
  const { shown, isShown, toggle } = useShownColumns(name, columns);
  const [isHelping, setIsHelping] = useState(false);
  return (
    <div class="table-frame">
      <div class="table-tools">
        {choosing?.all}
        <ColumnBoxes columns={columns} isShown={isShown} toggle={toggle} />
        <TableHelp isOpen={isHelping} canChoose={choosing !== undefined} setIsOpen={setIsHelping} />
      </div>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {choosing && (
              <th scope="col" class="cell-choose">
                <span class="visually-hidden">{ADMIN_TEXTS.lists.chosen}</span>
              </th>
            )}
            {shown.map((column) => (
              <th scope="col" key={column.name} class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <Body
          entries={entries}
          columns={shown}
          choosing={choosing}
          onHelp={() => setIsHelping(true)}
        />
      </table>
    </div>
  );
}

interface BodyProps<Entry> extends Pick<TableProps<Entry>, 'entries' | 'columns'> {
  readonly choosing: Choosing<Entry> | undefined;
  onHelp(): void;
}

function Body<Entry extends { id: string }>(props: BodyProps<Entry>) {
  const { entries, columns, choosing, onHelp } = props;
  const [at, setAt] = useState<string>();
  const known = entries.some(({ id }) => id === at) ? at : entries[0]?.id;

  const body = useKeys<HTMLTableSectionElement>((event) => {
    const act = tableAct(event.key);
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('tbody > tr');
    if (act === undefined || row === null || isElsewhere(event, target)) return;
    const isOnRow = target === row;
    if ((act === 'open' || act === 'choose') && !isOnRow) return;
    event.preventDefault();
    const rows = [...(body.current?.children ?? [])] as HTMLElement[];
    if (act === 'help') onHelp();
    else if (act === 'open') mainLinkOf(row)?.click();
    else if (act === 'choose') row.querySelector<HTMLInputElement>('.cell-choose input')?.click();
    else rows[rowAfter(rows.indexOf(row), act, rows.length)]?.focus();
  });
  return (
    <tbody ref={body}>
      {entries.map((entry) => (
        <tr
          key={entry.id}
          tabIndex={entry.id === known ? 0 : -1}
          class={choosing?.isChosen(entry) ? 'is-chosen' : ''}
          onFocusIn={() => setAt(entry.id)}
        >
          {choosing && <ChooseCell entry={entry} choosing={choosing} />}
          {columns.map((column, n) =>
            n === 0 ? (
              <th scope="row" key={column.name} class={`${classOf(column)} card-first`}>
                {column.cell(entry)}
              </th>
            ) : (
              <td key={column.name} class={classOf(column)}>
                {column.cell(entry)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  );
}

/** Marked as such, or the first. */
function mainLinkOf(row: HTMLElement) {
  return row.querySelector<HTMLElement>('a[data-main="true"]') ?? row.querySelector('a');
}

function ChooseCell<Entry>({ entry, choosing }: { entry: Entry; choosing: Choosing<Entry> }) {
  const isChosen = choosing.isChosen(entry);
  return (
    <td class="cell-choose">
      <label>
        <input
          type="checkbox"
          aria-label={choosing.label(entry)}
          checked={isChosen}
          disabled={choosing.isBarred(entry) && !isChosen}
          onChange={({ currentTarget }) => choosing.choose(entry, currentTarget.checked)}
        />
      </label>
    </td>
  );
}

/** The key is somebody else's: a field's, a dialog's or the browser's. */
function isElsewhere({ ctrlKey, metaKey, altKey }: KeyboardEvent, target: HTMLElement): boolean {
  const isTyped = target.closest('input:not([type="checkbox"]), select, textarea, dialog') !== null;
  return ctrlKey || metaKey || altKey || isTyped;
}

function classOf<Entry>(column: Column<Entry>): string {
  const { card, isNumber = false, isText = false, isLong = false } = column;
  const classes = [
    isNumber && 'cell-number',
    isText && 'cell-text',
    isLong && 'cell-long',
    card && `card-${card}`,
  ];
  return classes.filter(Boolean).join(' ');
}
