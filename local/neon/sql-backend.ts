// Owns what the endpoint asks of a database and how a database says no. Knows nothing of HTTP.

import type { TransactionMode } from './transaction-mode.ts';

/** A value as Postgres writes it in text format. */
export type PgText = string | null;

export interface SqlStatement {
  text: string;
  params: PgText[];
}

export interface SqlField {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
  dataTypeSize: number;
  dataTypeModifier: number;
}

export interface SqlResult {
  fields: SqlField[];
  rows: PgText[][];
  /** First word of the command tag, empty for an empty statement. */
  command: string;
  /** Count in the command tag, null where the tag has none. */
  rowCount: number | null;
}

/** Counts the bytes a request brings back; false once they are more than it may. */
export type ResultMeter = (bytes: number) => boolean;

export interface SqlBackend {
  /** Runs one statement on its own. Throws SqlError, ResultTooLarge or BackendUnavailable. */
  run(statement: SqlStatement, meter: ResultMeter): Promise<SqlResult>;
  /** Runs all statements in one transaction, which is committed when this resolves. */
  runBatch(batch: SqlBatch, meter: ResultMeter): Promise<SqlResult[]>;
  /** Finishes what is running, then lets go of the database. */
  close(): Promise<void>;
}

interface SqlBatch {
  statements: SqlStatement[];
  mode: TransactionMode;
}

export function createResultMeter(bytesMax: number): ResultMeter {
  let bytesSeen = 0;
  return (bytes) => {
    bytesSeen += bytes;
    return bytesSeen <= bytesMax;
  };
}

/** The fields of a Postgres error besides its message, in Neon's spelling. */
export const PG_ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

export type PgErrorFields = { [name in (typeof PG_ERROR_FIELDS)[number]]?: string | undefined };

/** Postgres refused the statement; running it again gives the same answer. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly fields: PgErrorFields;

  constructor(message: string, fields: PgErrorFields) {
    super(message);
    this.fields = fields;
  }
}

/** The database cannot be reached, or went away; whether the statement took effect is unknown. */
export class BackendUnavailable extends Error {
  override readonly name = 'BackendUnavailable';
}

/** The rows were more than the meter allows. A batch is rolled back. */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';
}

/** Either a refused statement, or a connection that Postgres is ending (severity FATAL or PANIC). */
export function faultFromPostgres(message: string, fields: PgErrorFields): Error {
  if (fields.severity === 'FATAL' || fields.severity === 'PANIC') {
    return new BackendUnavailable(message);
  }
  return new SqlError(message, fields);
}
