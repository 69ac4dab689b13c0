/** A file of CSV that is written as it is read, page after page. Must not know what is in it. */
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';

/** Each page is one call to the database; a call brings back some hundred kilobytes. */
export const EXPORT_PAGE_ROWS = 2_000;
/** The calls that one request may make: past them the file breaks off, and `after` goes on. */
export const EXPORT_PAGES_MAX = 500;

/** By their names in the first line. A new column comes last: spreadsheets and scripts count them. */
export type CsvColumns<Row> = readonly (readonly [
  name: string,
  cellOf: (row: Row) => string | number | null,
])[];

export interface CsvPages<Row extends { id: string }> {
  readonly columns: CsvColumns<Row>;
  /** The next rows behind `after`, at most `limit`; fewer are the last. */
  read(after: Row['id'] | undefined, limit: number): Promise<readonly Row[]>;
  onFailure(error: unknown): void;
}

export function csvHeader<Row>(columns: CsvColumns<Row>): string {
  return `${BYTE_ORDER_MARK}${csvLine(columns.map(([name]) => name))}`;
}

/**
 * Reads a page when the one before was taken. A failure breaks the file off, so it is noticed.
 * @param start behind which row it begins; undefined for all
 */
export function csvStream<Row extends { id: string }>(
  { columns, read, onFailure }: CsvPages<Row>,
  start: Row['id'] | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after = start;
  let pages = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        if (pages === EXPORT_PAGES_MAX) throw new Error('the export has more pages than one may');
        const rows = await read(after, EXPORT_PAGE_ROWS);
        const header = pages === 0 ? csvHeader(columns) : '';
        const lines = rows.map((row) => csvLine(columns.map(([, cellOf]) => cellOf(row))));
        if (header || lines.length > 0) controller.enqueue(encoder.encode(header + lines.join('')));
        pages++;
        after = rows.at(-1)?.id;
        if (rows.length < EXPORT_PAGE_ROWS) controller.close();
      } catch (error) {
        onFailure(error);
        controller.error(error);
      }
    },
  });
}
