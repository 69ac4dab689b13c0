// Owns running one statement on a node-postgres connection and reading it back as text. Decides
// no transactions, and leaves the connection to its user.

import pg from 'pg';
import {
  BackendUnavailable,
  faultFromPostgres,
  type PgText,
  type ResultMeter,
  ResultTooLarge,
  type SqlResult,
  type SqlStatement,
} from './sql-backend.ts';

/** Values stay as Postgres wrote them. */
const RAW_TYPES: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text };

/** The bytes that separate two values of a row, about. */
const VALUE_OVERHEAD_BYTES = 4;

/**
 * Rows are counted as they arrive, so that a cross join cannot fill this process. After
 * ResultTooLarge the connection is still busy and must be closed.
 */
export function runOnPostgres(
  client: pg.ClientBase,
  statement: SqlStatement,
  meter: ResultMeter,
): Promise<SqlResult> {
  return new Promise((resolve, reject) => {
    const rows: PgText[][] = [];
    let withinLimit = true;
    const query = new TextQuery(queryConfig(statement));
    query.on('row', (row) => {
      withinLimit &&= meter(rowBytes(row));
      if (withinLimit) rows.push(row);
      else reject(new ResultTooLarge('response is too large'));
    });
    query.on('error', (error: Error) => reject(readError(error)));
    query.on('end', (result: pg.ResultBuilder) => {
      const { fields, command, rowCount } = result;
      resolve({ fields, rows, command: command ?? '', rowCount });
    });
    client.query(query);
  });
}

/** What of node-postgres' connection is used here and missing from its types. */
interface CopyConnection {
  sendCopyFail(reason: string): void;
  sync(): void;
}

class TextQuery extends pg.Query<PgText[]> {
  /**
   * Called by node-postgres on COPY FROM STDIN. Its own method sends no Sync after the refusal,
   * and the server, which ignores the earlier one while it copies, waits for it for ever.
   */
  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFail('COPY FROM STDIN is not possible over HTTP');
    connection.sync();
  }
}

function queryConfig({ text, params }: SqlStatement) {
  return {
    text,
    values: params,
    types: RAW_TYPES,
    rowMode: 'array',
    // The simple protocol, node-postgres' choice without parameters, would run several
    // statements at once; Neon refuses them.
    queryMode: 'extended',
  };
}

function rowBytes(row: PgText[]): number {
  return row.reduce(
    (bytes, text) => bytes + VALUE_OVERHEAD_BYTES + Buffer.byteLength(text ?? ''),
    0,
  );
}

function readError(error: Error): Error {
  if (error instanceof pg.DatabaseError) return faultFromPostgres(error.message, error);
  return new BackendUnavailable(`lost the connection to the database: ${error.message}`, {
    cause: error,
  });
}
