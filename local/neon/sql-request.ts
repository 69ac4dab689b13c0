// Owns reading one request of Neon's protocol: its headers and body into statements, or a
// refusal. Checks no password and runs nothing.

import type { IncomingHttpHeaders } from 'node:http';
import { PARAMS_PER_STATEMENT_MAX, STATEMENTS_PER_BATCH_MAX } from './limits.ts';
import { paramToPgText, parseKeepingNumbers } from './param-text.ts';
import { RequestRefused } from './request-refused.ts';
import type { SqlStatement } from './sql-backend.ts';
import { isIsolationLevel, type TransactionMode } from './transaction-mode.ts';

export interface SqlHeaders {
  rawText: boolean;
  arrayMode: boolean;
  mode: TransactionMode;
}

interface AskedStatement extends SqlStatement {
  arrayMode: boolean;
}

export type SqlRequest =
  | { kind: 'single'; statement: AskedStatement }
  | { kind: 'batch'; statements: AskedStatement[] };

export function readSqlHeaders(headers: IncomingHttpHeaders): SqlHeaders {
  const isolation = headers['neon-batch-isolation-level'];
  if (isolation !== undefined && !(typeof isolation === 'string' && isIsolationLevel(isolation))) {
    throw new RequestRefused(400, 'invalid isolation level');
  }
  // Anything but the exact word counts as false, as it does at Neon.
  const isTrue = (name: string) => headers[name] === 'true';
  return {
    rawText: isTrue('neon-raw-text-output'),
    arrayMode: isTrue('neon-array-mode'),
    mode: {
      isolation: isolation ?? null,
      readOnly: isTrue('neon-batch-read-only'),
      deferrable: isTrue('neon-batch-deferrable'),
    },
  };
}

export function readSqlBody(body: Uint8Array, headers: SqlHeaders): SqlRequest {
  const parsed = parseBody(body);
  if (typeof parsed.query === 'string') {
    return { kind: 'single', statement: readStatement(parsed, headers) };
  }
  const { queries } = parsed;
  if (!Array.isArray(queries)) throw unparsable('expected "query" or "queries"');
  if (queries.length > STATEMENTS_PER_BATCH_MAX) {
    throw new RequestRefused(400, `a batch holds at most ${STATEMENTS_PER_BATCH_MAX} queries`);
  }
  return { kind: 'batch', statements: queries.map((query) => readStatement(query, headers)) };
}

function parseBody(body: Uint8Array): Record<string, unknown> {
  try {
    const parsed = parseKeepingNumbers(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (isRecord(parsed)) return parsed;
  } catch (error) {
    // Deep nesting ends in a RangeError, bad UTF-8 in a TypeError: the sender's doing all the same.
    throw unparsable(error instanceof Error ? error.message : String(error));
  }
  throw unparsable('expected an object');
}

function readStatement(asked: unknown, headers: SqlHeaders): AskedStatement {
  if (!isRecord(asked) || typeof asked.query !== 'string') throw unparsable('query is not text');
  const { query: text, params = [], arrayMode } = asked;
  if (!Array.isArray(params)) throw unparsable('params is not an array');
  if (params.length > PARAMS_PER_STATEMENT_MAX) {
    throw new RequestRefused(400, `a query takes at most ${PARAMS_PER_STATEMENT_MAX} params`);
  }
  if (arrayMode !== undefined && arrayMode !== null && typeof arrayMode !== 'boolean') {
    throw unparsable('arrayMode is not a boolean');
  }
  // The wire protocol ends a statement's text at the first zero byte; what follows would be
  // read as another part of the message.
  if (text.includes('\0')) throw new RequestRefused(400, 'query contains a zero byte');
  return { text, params: params.map(readParam), arrayMode: arrayMode ?? headers.arrayMode };
}

function readParam(value: unknown) {
  try {
    return paramToPgText(value);
  } catch (error) {
    throw unparsable(error instanceof Error ? error.message : String(error));
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unparsable(reason: string): RequestRefused {
  return new RequestRefused(400, `could not parse the HTTP request body: ${reason}`);
}
