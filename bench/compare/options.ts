/** The command line of `npm run compare`, read and checked. Must not touch anything else. */
import { parseArgs } from 'node:util';
import { COMMON_FLAGS, type Parsed, readCommandLine, whole } from '../command/command-line.ts';

export const MEASUREMENTS = [
  'mongodb',
  'viewers',
  'mails',
  'payments',
  'draw',
  'gateway',
  'page',
] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

export interface Options {
  what: Measurement;
  rounds: number;
  /** Counted in each phase. */
  seconds: number;
  connections: number;
  viewers: number;
  /** Who enter a draw, of whom one in ten is offered a unit. */
  entrants: number;
  json: boolean;
}

const FLAGS = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '6' },
  connections: { type: 'string', default: '64' },
  viewers: { type: 'string', default: '2000' },
  entrants: { type: 'string', default: '20000' },
  ...COMMON_FLAGS,
} as const;

export const HELP = `Compares the shop with and without something: phases of two or three kinds alternate in one run,
and each is compared with those next to it. All on this machine, the production bundle on plain workerd.

  npm run compare -- WHAT [options]

  mongodb    purchases while reviews are read, with the Data API up, stopped, and frozen so that it
             takes connections and never answers
  viewers    purchases with and without viewers' sockets on the event, and when the last state
             reaches them
  mails      purchases with and without the mails of 10,000 orders leaving, by a provider that takes 50
             a second; and the CPU of a mail while nobody buys
  payments   purchases with and without 20 payments a second of another sale, and with a payment
             provider that takes connections and never answers: as many as can be made, and at
             half and 80 % of that by a clock; with the CPU of each process. A round takes a minute
             and a half
  draw       a draw with nobody to compare it with: how soon after its opening every unit is offered,
             while nobody asks for anything; a round takes a minute
  gateway    the Data API's Worker with its kept client, and with a client for each request; needs a
             MongoDB: MONGODB_URI, or the FerretDB that .ci/mongodb has built
  page       the event page in Chromium as on a phone: largest paint, blocking time, layout shift

  --rounds N         how often each kind is measured, medians count (default ${FLAGS.rounds.default})
  --seconds S        counted in each phase (default ${FLAGS.seconds.default}; no matter for draw and page)
  --connections N    that buy or ask at once (default ${FLAGS.connections.default})
  --viewers N        sockets on the event (default ${FLAGS.viewers.default})
  --entrants N       of a draw, for a tenth as many units (default ${FLAGS.entrants.default})
  --json             only the figures, as JSON, on stdout; progress goes to stderr
  --help             this text

Exit code: 0 all answers were right, whatever the figures; 1 one was wrong; 2 it could not be run;
130 stopped by Ctrl-C.
`;

export function parseOptions(argv: string[]): Parsed<Options> {
  return readCommandLine(() => {
    const parsed = parseArgs({ args: argv, options: FLAGS, strict: true, allowPositionals: true });
    const { values, positionals } = parsed;
    if (values.help) return 'help';
    const what = MEASUREMENTS.find((name) => name === positionals[0]);
    if (what === undefined || positionals.length > 1) {
      throw new Error(`say one of ${MEASUREMENTS.join(', ')}; --help tells the rest`);
    }
    return {
      what,
      rounds: whole('rounds', values.rounds, [1, 50]),
      seconds: whole('seconds', values.seconds, [1, 60]),
      connections: whole('connections', values.connections, [1, 1_024]),
      viewers: whole('viewers', values.viewers, [1, 20_000]),
      entrants: whole('entrants', values.entrants, [1, 100_000]),
      json: values.json,
    };
  });
}
