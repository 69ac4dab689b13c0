// Owns how a JSON parameter becomes Postgres text, by the rules of Neon's proxy
// (neondatabase/neon, proxy/src/serverless/json.rs). Never looks at the SQL.

import { ARRAY_DEPTH_MAX } from './limits.ts';
import type { PgText } from './sql-backend.ts';

/** @throws RangeError for arrays nested deeper than ARRAY_DEPTH_MAX */
export function paramToPgText(value: unknown): PgText {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return arrayText(value, 1);
  return JSON.stringify(value);
}

function arrayText(items: unknown[], depth: number): string {
  if (depth > ARRAY_DEPTH_MAX) {
    throw new RangeError(`array parameter is nested deeper than ${ARRAY_DEPTH_MAX}`);
  }
  return `{${items.map((item) => elementText(item, depth)).join(',')}}`;
}

function elementText(item: unknown, depth: number): string {
  if (item === null) return 'NULL';
  if (Array.isArray(item)) return arrayText(item, depth + 1);
  // An object is quoted twice: once as JSON, once as an element of the array.
  if (isJsonObject(item)) return JSON.stringify(JSON.stringify(item));
  return JSON.stringify(item);
}

function isJsonObject(item: unknown): boolean {
  return typeof item === 'object' && !isRawJson(item);
}

// ---- numbers keep their spelling ----

/** What V8 has and TypeScript's es2024 library does not name yet. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
}

const json = JSON as unknown as JsonWithSource;

function isRawJson(value: unknown): boolean {
  return json.isRawJSON(value);
}

/**
 * JSON.parse that keeps numbers as they were written, so that a bigint parameter beyond 2^53
 * reaches Postgres digit by digit. Such numbers are not JavaScript numbers any more.
 * @throws SyntaxError
 */
export function parseKeepingNumbers(text: string): unknown {
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context.source !== undefined
      ? json.rawJSON(context.source)
      : value,
  );
}
