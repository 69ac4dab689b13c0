/** The command line of `npm run rehearse`, read and checked. Must not touch the network. */
import { parseArgs } from 'node:util';
import { LIMITS } from '../../worker/contract/values.ts';
import {
  COMMON_FLAGS,
  type Environment,
  type Parsed,
  readCommandLine,
  whole,
} from '../command/command-line.ts';
import { type PayOptions, readPay } from './pay-options.ts';
import type { QueueMode } from './queue-part.ts';
import { SEED_MAX } from './seeded-random.ts';
import { TIMING } from './timing.ts';

export interface Options {
  /** Origin only, without a slash at its end. */
  url: string;
  shoppers: number;
  stock: number;
  /** Units of each variant of a second item that the event sells too; none for no such item. */
  variants: number[];
  /** What is played instead of a rush, see queue-part.ts. */
  queue: QueueMode | undefined;
  /** Only of a sale that is paid online. */
  pay: PayOptions | undefined;
  seed: number;
  connections: number;
  holdSeconds: number;
  leadSeconds: number;
  cancelPercent: number;
  leavePercent: number;
  adminEmail: string;
  adminPassword: string;
  json: boolean;
}

const SHOPPERS_MAX = 20_000;
const CONNECTIONS_MAX = 4_096;
const LEAD_SECONDS_MAX = 600;
const PERCENT_MAX = 100;
const PORT_DEFAULT = '8787';

/** What a sale is like, whoever plays it. */
export const SALE_FLAGS = {
  shoppers: { type: 'string', default: '500' },
  stock: { type: 'string', default: '50' },
  url: { type: 'string' },
  seed: { type: 'string' },
  connections: { type: 'string', default: '256' },
  hold: { type: 'string', default: '6' },
  lead: { type: 'string', default: String(TIMING.leadMs / 1_000) },
  cancel: { type: 'string', default: '10' },
  leave: { type: 'string', default: '5' },
  pay: { type: 'boolean', default: false },
  webhooks: { type: 'string' },
  'admin-email': { type: 'string' },
  'admin-password': { type: 'string' },
  ...COMMON_FLAGS,
} as const;
const FLAGS = {
  ...SALE_FLAGS,
  variants: { type: 'string' },
  draw: { type: 'boolean', default: false },
  waitlist: { type: 'boolean', default: false },
  'yes-really': { type: 'boolean', default: false },
} as const;

export const HELP = `Plays a flash sale against the running shop and recounts it from the database.
Afterwards the event is closed and off the public list; its orders stay.

  npm run rehearse -- [options]

  --shoppers N         how many take part (default 500, at most ${SHOPPERS_MAX})
  --stock N            units for sale (default 50)
  --variants N,N,...   besides, an item in variants with so many units each, and one limit over all;
                       every shopper wants one and presses several (at most ${LIMITS.variantsPerItemMax})
  --draw               they enter a draw before the opening, some after its lock; some leave it, some
                       offers are smaller than the wish, and those that run out take 30 seconds
  --waitlist           they buy at the opening, and whoever finds it sold out waits in the queue
  --pay                they pay at the local provider: some are declined first, leave the page, pay late,
                       twice, or while they cancel; then the money of every order is counted, too
  --webhooks HOW       of --pay: the provider delivers them twice, shuffled or lossy (loses every tenth)
  --seed N             draws the same roles again (default: random, always printed)
  --cancel PERCENT     of the shoppers give their hold back (default 10)
  --leave PERCENT      of the shoppers let their hold run out (default 5)
  --hold SECONDS       how long a hold lasts (default 6, ${LIMITS.holdSecondsMin} to ${LIMITS.holdSecondsMax})
  --lead SECONDS       from the end of enrolment to the opening, or to the lock of a draw (default ${TIMING.leadMs / 1_000})
  --connections N      open at once at most (default 256)
  --url URL            the shop (default http://localhost:$PORT, PORT or ${PORT_DEFAULT})
  --yes-really         allow a --url that is not this machine
  --admin-email, --admin-password
                       who sets up the sale (default: the local sample admin, or
                       SWIFTDROP_ADMIN_EMAIL and SWIFTDROP_ADMIN_PASSWORD)
  --json               only the verdict, as JSON, on stdout; progress goes to stderr
  --help               this text

Exit code: 0 the sale was right, 1 it was not, 2 it could not be played, 130 stopped by Ctrl-C.
`;

type SaleValues = ReturnType<typeof parseArgs<{ options: typeof SALE_FLAGS }>>['values'];

/** @param seedDrawn the seed to use where none is given. */
export function parseOptions(argv: string[], env: Environment, seedDrawn: number): Parsed<Options> {
  return readCommandLine(() => {
    const { values } = parseArgs({ args: argv, options: FLAGS, strict: true });
    if (values.help) return 'help';
    const options = {
      ...readSale(values, env, seedDrawn),
      variants: readVariants(values.variants),
      queue: readQueueMode(values),
    };
    if (options.queue !== undefined && options.variants.length > 0) {
      throw new Error(`--variants cannot be played together with --${options.queue}`);
    }
    if (isLoopback(options.url) || values['yes-really']) return options;
    throw new Error(`${options.url} is not this machine; add --yes-really to load it all the same`);
  });
}

/** @throws with one line on what is not as it has to be. */
export function readSale(values: SaleValues, env: Environment, seedDrawn: number): Options {
  const options: Options = {
    url: originOf(values.url ?? `http://localhost:${env.PORT || PORT_DEFAULT}`),
    shoppers: whole('shoppers', values.shoppers, [1, SHOPPERS_MAX]),
    stock: whole('stock', values.stock, [1, LIMITS.stockMax]),
    variants: [],
    queue: undefined,
    pay: readPay(values, env),
    seed: whole('seed', values.seed ?? String(seedDrawn), [0, SEED_MAX]),
    connections: whole('connections', values.connections, [1, CONNECTIONS_MAX]),
    holdSeconds: whole('hold', values.hold, [LIMITS.holdSecondsMin, LIMITS.holdSecondsMax]),
    leadSeconds: whole('lead', values.lead, [1, LEAD_SECONDS_MAX]),
    cancelPercent: whole('cancel', values.cancel, [0, PERCENT_MAX]),
    leavePercent: whole('leave', values.leave, [0, PERCENT_MAX]),
    adminEmail: values['admin-email'] ?? (env.SWIFTDROP_ADMIN_EMAIL || 'admin@swiftdrop.com'),
    adminPassword: values['admin-password'] ?? (env.SWIFTDROP_ADMIN_PASSWORD || 'Admin@1234'),
    json: values.json,
  };
  if (options.cancelPercent + options.leavePercent > PERCENT_MAX) {
    throw new Error(`--cancel and --leave are more than ${PERCENT_MAX} percent together`);
  }
  return options;
}

function readQueueMode(values: { draw: boolean; waitlist: boolean }): QueueMode | undefined {
  if (values.draw && values.waitlist) throw new Error('say --draw or --waitlist, not both');
  if (values.draw) return 'draw';
  return values.waitlist ? 'waitlist' : undefined;
}

function readVariants(text: string | undefined): number[] {
  const parts = text === undefined ? [] : text.split(',');
  if (parts.length > LIMITS.variantsPerItemMax) {
    throw new Error(
      `--variants has ${parts.length} where ${LIMITS.variantsPerItemMax} are allowed`,
    );
  }
  return parts.map((units) => whole('variants', units, [1, LIMITS.stockMax]));
}

/** True for an address that cannot leave this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  // The URL parser has written every spelling of an IPv4 address as four decimal numbers.
  return hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error(`--url ${text} is not an http address`);
  }
  return url.origin;
}
