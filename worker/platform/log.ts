/**
 * Structured logs: one JSON line each. Must never be given tokens, e-mail addresses or bodies; they
 * are removed from the errors of other systems.
 */

export type LogLevel = 'info' | 'error';

/** Whatever looks like an e-mail address, or like the credentials and the host of a URL. */
const ADDRESS = /[\w.+%-]+@[\w-]+(\.[\w-]+)+/g;
/** A JSON Web Token, or what follows `Bearer`. */
const TOKEN = /\beyJ[\w-]+\.[\w.-]+|\b(?<=Bearer +)[\w.~+/=-]+/gi;

export function log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
  const line = lineOf(level, message, fields);
  if (level === 'error') console.error(line);
  else console.log(line);
}

function lineOf(level: LogLevel, message: string, fields: Record<string, unknown>): string {
  return JSON.stringify({ level, message, ...fields }, (_key, value: unknown) =>
    value instanceof Error ? describe(value) : value,
  );
}

function describe(error: Error): Record<string, unknown> {
  const { name, message, cause, stack = '' } = error;
  const safeCause = typeof cause === 'string' ? scrubbed(cause) : cause;
  return { name, message: scrubbed(message), cause: safeCause, stack: scrubbed(stack) };
}

function scrubbed(text: string): string {
  return text.replaceAll(TOKEN, '(token)').replaceAll(ADDRESS, '(address)');
}
