// Owns running one statement on a PGlite through the wire protocol. Decides no transactions.
//
// PGlite's own query() is not used: it drops most of a field's description, parses values, and
// has no way to bound a result. One message with the whole extended-query sequence has none of
// these faults, and is no slower.

import { type messages, type PGlite, protocol } from '@electric-sql/pglite';
import {
  BackendUnavailable,
  faultFromPostgres,
  type ResultMeter,
  ResultTooLarge,
  type SqlResult,
  type SqlStatement,
} from './sql-backend.ts';

const { serialize } = protocol;

/** ReadyForQuery ends every whole answer: this, and a byte for the transaction's state. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);
const READY_BYTES = READY.length + 1;

/** @throws BackendUnavailable when the answer is not whole: PGlite hides its own crashes. */
export async function runOnPglite(
  db: PGlite,
  statement: SqlStatement,
  meter: ResultMeter,
): Promise<SqlResult> {
  const chunks: Uint8Array[] = [];
  let tail: Uint8Array = new Uint8Array();
  let withinLimit = true;
  await db.execProtocolRawStream(statementMessage(statement), {
    onRawData: (bytes) => {
      // Copied, because the bytes lie in memory that the database goes on writing to.
      tail = Buffer.concat([tail, bytes.subarray(-READY_BYTES)]).subarray(-READY_BYTES);
      withinLimit &&= meter(bytes.length);
      // Past the limit they are let go; the statement itself cannot be stopped.
      if (withinLimit) chunks.push(bytes.slice());
    },
  });
  if (READY.compare(tail, 0, READY.length) !== 0) throw brokenOff();
  if (!withinLimit) throw new ResultTooLarge('response is too large');
  return readResult(Buffer.concat(chunks));
}

function brokenOff(): BackendUnavailable {
  return new BackendUnavailable('the embedded database broke off its answer');
}

function statementMessage({ text, params }: SqlStatement): Uint8Array {
  return Buffer.concat([
    serialize.parse({ text }),
    serialize.bind({ values: params }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    // Ignored, except by COPY FROM STDIN: it would wait for data, find none, and end the process
    // that PGlite is.
    serialize.copyFail('COPY FROM STDIN is not possible over HTTP'),
    serialize.sync(),
  ]);
}

function readResult(bytes: Uint8Array): SqlResult {
  const result: SqlResult = { fields: [], rows: [], command: '', rowCount: null };
  let failure: Error | undefined;
  let finished = false;
  new protocol.Parser().parse(bytes, (message) => {
    if (isError(message)) failure ??= faultFromPostgres(message.message, message);
    else if (isRowDescription(message)) result.fields = message.fields;
    else if (isDataRow(message)) result.rows.push(message.fields);
    else if (isCommandComplete(message)) {
      Object.assign(result, readCommandTag(message.text));
      finished = true;
    } else if (message.name === 'emptyQuery') finished = true;
  });
  if (failure) throw failure;
  if (!finished) throw brokenOff();
  return result;
}

/** "INSERT 0 5" and "SELECT 5" count rows; "CREATE TABLE" does not. */
function readCommandTag(tag: string): Pick<SqlResult, 'command' | 'rowCount'> {
  const words = tag.split(' ');
  const command = words[0] ?? '';
  const count = Number.parseInt(words[command === 'INSERT' ? 2 : 1] ?? '', 10);
  return { command, rowCount: Number.isNaN(count) ? null : count };
}

// PGlite exports these classes as types only in part, so they are recognised by their names.

type Message = { name: string };

function isError(message: Message): message is messages.DatabaseError {
  return message.name === 'error';
}

function isRowDescription(message: Message): message is messages.RowDescriptionMessage {
  return message.name === 'rowDescription';
}

function isDataRow(message: Message): message is messages.DataRowMessage {
  return message.name === 'dataRow';
}

function isCommandComplete(message: Message): message is messages.CommandCompleteMessage {
  return message.name === 'commandComplete';
}
