/** The command line of `npm run bench`, read and checked. Must not touch anything else. */
import { parseArgs } from 'node:util';
import { between, COMMON_FLAGS, type Parsed, readCommandLine } from '../command/command-line.ts';
import { ROW_NAMES, type RowName } from './rows.ts';

export interface Options {
  rounds: number;
  /** Counted in each phase. */
  seconds: number;
  only: RowName[];
  /** Few shoppers and a short memory test: shows that everything works, measures little. */
  quick: boolean;
  out: string | undefined;
  json: boolean;
}

const ROUNDS_MAX = 20;
const SECONDS_MIN = 0.1;
const SECONDS_MAX = 30;
const ROUNDS_DEFAULT = '3';
const SECONDS_DEFAULT = '2.5';

const FLAGS = {
  rounds: { type: 'string' },
  seconds: { type: 'string', default: SECONDS_DEFAULT },
  only: { type: 'string' },
  quick: { type: 'boolean', default: false },
  out: { type: 'string' },
  ...COMMON_FLAGS,
} as const;

export const HELP = `Measures what a purchase costs, on plain workerd with a real Postgres, all on this machine.

  npm run bench -- [options]

  --rounds N       each row is measured so often, medians count (default ${ROUNDS_DEFAULT}; 1 with --quick)
  --seconds S      counted in each phase (default ${SECONDS_DEFAULT})
  --only ROWS      some rows only: ${ROW_NAMES.join(',')}
  --quick          few shoppers, one round: shows that it works, measures little
  --out FILE       where the results go (default bench/results.json)
  --json           only the results, as JSON, on stdout; progress goes to stderr
  --help           this text

DATABASE_URL names a Postgres on this machine to use instead of a throw-away one; the bench makes
a database of its own there and removes it.

Exit code: 0 all answers were right, whether or not a ratio was reached; 1 one was wrong; 2 it could
not be run; 130 stopped by Ctrl-C.
`;

export function parseOptions(argv: string[]): Parsed<Options> {
  return readCommandLine(() => {
    const { values } = parseArgs({ args: argv, options: FLAGS, strict: true });
    if (values.help) return 'help';
    const { quick, out, json } = values;
    const rounds = between('rounds', values.rounds ?? (quick ? '1' : ROUNDS_DEFAULT), [
      1,
      ROUNDS_MAX,
    ]);
    if (!Number.isInteger(rounds)) throw new Error('--rounds is not a whole number');
    const seconds = between('seconds', values.seconds, [SECONDS_MIN, SECONDS_MAX]);
    const only = values.only === undefined ? [...ROW_NAMES] : values.only.split(',').map(rowNamed);
    return { rounds, seconds, only, quick, out, json };
  });
}

function rowNamed(text: string): RowName {
  const name = ROW_NAMES.find((row) => row === text);
  if (name === undefined) throw new Error(`--only ${text} is none of ${ROW_NAMES.join(', ')}`);
  return name;
}
