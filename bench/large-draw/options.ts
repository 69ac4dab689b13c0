/** The command line of `npm run draw:measure`, read and checked. Must not touch anything else. */
import { parseArgs } from 'node:util';
import { COMMON_FLAGS, type Parsed, readCommandLine, whole } from '../command/command-line.ts';

/** What is measured besides the draw itself, which all of them need or may as well have. */
export const PARTS = ['list', 'checkers', 'browser', 'entering'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  entries: number;
  only: readonly Part[];
  /** Names the Python of the second checker. */
  python: string;
}

const ENTRIES_DEFAULT = '100000';
const ENTRIES_RANGE: [number, number] = [100, 500_000];

const FLAGS = { only: { type: 'string' }, help: COMMON_FLAGS.help } as const;

export const HELP = `Makes a draw with very many entries in a shop on this machine, and measures what it takes to make and to check.

  npm run draw:measure -- [ENTRIES] [--only PARTS]

  ENTRIES       how many enter (default ${ENTRIES_DEFAULT}); every fourth one leaves again
  --only PARTS  some parts only: ${PARTS.join(',')}
  --help        this text

PYTHON names a Python that checks it too (default python3); with py_ecc installed it checks the beacon's signature.
CHROMIUM says where a Chromium is. One such measurement at a time: others on the machine disturb it.

Exit code: 0 all was right; 1 something was wrong; 2 it could not be run; 130 stopped by Ctrl-C.
`;

export function parseOptions(
  argv: string[],
  env: { PYTHON?: string | undefined },
): Parsed<Options> {
  return readCommandLine(() => {
    const { values, positionals } = parseArgs({
      args: argv,
      options: FLAGS,
      strict: true,
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const [entries = ENTRIES_DEFAULT, ...more] = positionals;
    if (more.length > 0) throw new Error(`${more[0]} is one argument too many`);
    const only = values.only === undefined ? PARTS : values.only.split(',').map(partNamed);
    return {
      entries: whole('entries', entries, ENTRIES_RANGE),
      only,
      python: env.PYTHON ?? 'python3',
    };
  });
}

function partNamed(text: string): Part {
  const part = PARTS.find((name) => name === text);
  if (part === undefined) throw new Error(`--only ${text} is none of ${PARTS.join(', ')}`);
  return part;
}
