/** Structured logs: one JSON line each. Must never be given tokens, e-mail addresses or bodies. */

export type LogLevel = 'info' | 'error';

export function log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
  const line = JSON.stringify({ level, message, ...fields }, (_key, value: unknown) =>
    value instanceof Error ? describe(value) : value,
  );
  if (level === 'error') console.error(line);
  else console.log(line);
}

function describe(error: Error): Record<string, unknown> {
  return { name: error.name, message: error.message, cause: error.cause, stack: error.stack };
}
