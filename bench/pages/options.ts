/** The command line of `npm run pages:measure`, read and checked. Must not touch anything else. */
import { parseArgs } from 'node:util';
import {
  COMMON_FLAGS,
  type Environment,
  type Parsed,
  readCommandLine,
  whole,
} from '../command/command-line.ts';
import { isLoopback } from '../rehearse/options.ts';

export interface Options {
  /** The shop's origin, on this machine. */
  url: string;
  /** Each page is opened so often. */
  runs: number;
  /** Pages besides those that every shop has, as paths. */
  paths: readonly string[];
  /** Whose console is measured too; undefined for nobody's. */
  admin: { email: string; password: string } | undefined;
}

const PORT_DEFAULT = '8787';
const RUNS_RANGE: [number, number] = [1, 25];

const FLAGS = {
  url: { type: 'string' },
  runs: { type: 'string', default: '5' },
  admin: { type: 'string' },
  help: COMMON_FLAGS.help,
} as const;

export const HELP = `Measures how fast pages of a shop on this machine are on a slow phone.

  npm run pages:measure -- [PATH ...] [--url URL] [--runs N] [--admin EMAIL:PASSWORD]

  PATH ...      pages besides the list, the first event that is live, and its first item
  --url URL     the shop (default http://localhost:PORT, with PORT ${PORT_DEFAULT} if it is not set)
  --runs N      how often each page is opened, with an empty cache (default ${FLAGS.runs.default})
  --admin A:P   measures the console's pages too, signed in with this address and password
  --help        this text

A processor that is 4 times slower, 1.6 Mbit/s, 150 ms for a round trip, 390 x 844. CHROMIUM says where a Chromium
is. One such measurement at a time: others on the machine disturb it.

Exit code: 0 it was measured; 2 it could not be; 130 stopped by Ctrl-C.
`;

export function parseOptions(argv: string[], env: Environment): Parsed<Options> {
  return readCommandLine(() => {
    const { values, positionals } = parseArgs({
      args: argv,
      options: FLAGS,
      strict: true,
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const url = values.url ?? `http://localhost:${env['PORT'] || PORT_DEFAULT}`;
    if (!URL.canParse(url) || !isLoopback(url)) throw new Error(`${url} is not this machine`);
    const wrong = positionals.find((path) => !/^\/(?!\/)/.test(path));
    if (wrong !== undefined) throw new Error(`${wrong} is no path of the shop`);
    return {
      url: new URL(url).origin,
      runs: whole('runs', values.runs, RUNS_RANGE),
      paths: positionals,
      admin: values.admin === undefined ? undefined : accountIn(values.admin),
    };
  });
}

function accountIn(text: string): { email: string; password: string } {
  const [email = '', ...rest] = text.split(':');
  const password = rest.join(':');
  if (email === '' || password === '') throw new Error('--admin must be EMAIL:PASSWORD');
  return { email, password };
}
