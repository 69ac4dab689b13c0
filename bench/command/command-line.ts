/** Reads a command line: options, help, or one line on what is wrong. Must not touch anything else. */

export type Environment = Record<string, string | undefined>;

export type Parsed<Options> =
  | { kind: 'run'; options: Options }
  | { kind: 'help' }
  | { kind: 'bad'; message: string };

/** Flags that every command takes. */
export const COMMON_FLAGS = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @param read throws where an option is wrong. */
export function readCommandLine<Options>(read: () => Options | 'help'): Parsed<Options> {
  try {
    const options = read();
    return options === 'help' ? { kind: 'help' } : { kind: 'run', options };
  } catch (error) {
    return { kind: 'bad', message: oneLine(error) };
  }
}

/** @throws unless it is a whole number in the range, both ends included. */
export function whole(flag: string, text: string, [min, max]: [number, number]): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Error(`--${flag} ${text} is not a whole number from ${min} to ${max}`);
  }
  return value;
}

/** @throws unless it is a number in the range, both ends included. */
export function between(flag: string, text: string, [min, max]: [number, number]): number {
  const value = Number(text);
  if (text === '' || !(value >= min && value <= max)) {
    throw new Error(`--${flag} ${text} is not a number from ${min} to ${max}`);
  }
  return value;
}

function oneLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  // Node's own messages go on with advice that does not fit here.
  return isNodes(error) ? (line.split('. ')[0] ?? line) : line;
}

function isNodes(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
