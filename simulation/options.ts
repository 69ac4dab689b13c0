/** The command line of `npm run simulate`, read and checked. */
import { parseArgs } from 'node:util';
import { SEED_MAX } from './seeded-random.ts';

export type Mode = 'model' | 'sql' | 'drill' | 'paid' | 'outbox';

export interface Options {
  first: number;
  count: number;
  mode: Mode;
  verbose: boolean;
}

type Parsed =
  | { kind: 'run'; options: Options }
  | { kind: 'help' }
  | { kind: 'bad'; message: string };

const SEEDS_DEFAULT = '200';

export const HELP = `Plays flash sales, and the outbox behind them, with everything going wrong, in virtual time, from seeds.

  npm run simulate -- [options]

  --seeds N            how many seeds (default ${SEEDS_DEFAULT})
  --from S             the first of them (default 1)
  --seed X             this seed only
  --mode model|sql|drill|paid|outbox   the sales on a model of their ledger and then the outbox, the sales on the
                       real SQL held against the model, groups on that SQL alone, those of sales that are paid
                       online, or the outbox alone
  --verbose            print every step
  --help               this text

Exit code: 0 every promise was kept, 1 one was broken, 2 the command line was wrong.`;

const FLAGS = {
  seeds: { type: 'string', default: SEEDS_DEFAULT },
  from: { type: 'string', default: '1' },
  seed: { type: 'string' },
  mode: { type: 'string', default: 'model' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export function parseOptions(argv: string[]): Parsed {
  try {
    const { values } = parseArgs({ args: argv, options: FLAGS, strict: true });
    if (values.help) return { kind: 'help' };
    const { mode, verbose } = values;
    if (!isMode(mode)) throw new Error(`--mode ${mode} is not model, sql, drill, paid or outbox`);
    const first = whole('seed', values.seed ?? values.from);
    const count = values.seed === undefined ? whole('seeds', values.seeds) : 1;
    return { kind: 'run', options: { first, count, mode, verbose } };
  } catch (error) {
    return { kind: 'bad', message: error instanceof Error ? error.message : String(error) };
  }
}

function isMode(text: string): text is Mode {
  return (
    text === 'model' || text === 'sql' || text === 'drill' || text === 'paid' || text === 'outbox'
  );
}

function whole(flag: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > SEED_MAX) {
    throw new Error(`--${flag} ${text} is not a whole number up to ${SEED_MAX}`);
  }
  return value;
}
