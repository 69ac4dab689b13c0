// Owns which HTTP status and body each outcome of a request gets. Sends nothing.

import { RequestRefused } from './request-refused.ts';
import {
  BackendUnavailable,
  PG_ERROR_FIELDS,
  type PgErrorFields,
  ResultTooLarge,
  SqlError,
} from './sql-backend.ts';
import type { TransactionMode } from './transaction-mode.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

export function answerJson(value: unknown, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(value) };
}

/** What a batch's answer repeats of what was asked. */
export function transactionHeaders(mode: TransactionMode): Record<string, string> {
  const headers: Record<string, string> = {};
  if (mode.isolation) headers['neon-batch-isolation-level'] = mode.isolation;
  if (mode.readOnly) headers['neon-batch-read-only'] = 'true';
  if (mode.deferrable) headers['neon-batch-deferrable'] = 'true';
  return headers;
}

/**
 * Status 400 means to the driver "Postgres refused, here is why"; any other status means "the
 * service failed", without a code. So a lost database must never be a 400: the caller may only
 * conclude that it does not know whether the statement took effect.
 */
export function answerFault(error: unknown): Answer {
  if (error instanceof SqlError) return answerError(400, error.message, error.fields);
  if (error instanceof RequestRefused) {
    return answerError(error.status, error.message, { code: error.code ?? '' });
  }
  if (error instanceof ResultTooLarge) return answerError(507, error.message);
  if (error instanceof BackendUnavailable) return answerError(503, error.message);
  return answerError(500, 'internal error of the local Neon endpoint');
}

export function isExpected(error: unknown): boolean {
  return (
    error instanceof SqlError || error instanceof RequestRefused || error instanceof ResultTooLarge
  );
}

function answerError(status: number, message: string, fields: PgErrorFields = {}): Answer {
  // Neon sends every field every time: empty text for these two, null for the others.
  const body: Record<string, string | null> = { message };
  for (const name of PG_ERROR_FIELDS) body[name] = fields[name] ?? null;
  body.severity ??= '';
  body.code ??= '';
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) };
}
