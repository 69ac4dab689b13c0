/** What the Worker and its objects write to the log, in tests in workerd. */
import { vi } from 'vitest';

export type LogLine = Record<string, unknown> & { level: string; message: string };

/** Catches every line from now on, as it is written; until vi.restoreAllMocks. */
export function catchLog(): { raw: string[]; lines(message: string): LogLine[] } {
  const raw: string[] = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      raw.push(words.map(String).join(' '));
    });
  }
  const lines = (message: string) =>
    raw
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine)
      .filter((line) => line.message === message);
  return { raw, lines };
}
