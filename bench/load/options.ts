/** The command line of `npm run load`, read and checked. Must not touch the network. */
import { parseArgs } from 'node:util';
import { type Environment, type Parsed, readCommandLine, whole } from '../command/command-line.ts';
import { isLoopback, type Options, readSale, SALE_FLAGS } from '../rehearse/options.ts';

export interface Thresholds {
  /** Of the requests of each step; that the stock adds up is always required. */
  errorPercentMax: number;
  purchaseP99MsMax: number;
  /** Of asking the shop for a page to pay on. */
  payP99MsMax: number;
  readP99MsMax: number;
}

export interface LoadOptions {
  sale: Options;
  thresholds: Thresholds;
  /** Where the page with the plots goes. */
  reportFile: string;
}

const MS_MAX = 60_000;
const PERCENT_MAX = 100;
const REPORT_FILE = 'load-report.html';

const FLAGS = {
  ...SALE_FLAGS,
  // Shoppers browse before it opens.
  lead: { type: 'string', default: '10' },
  report: { type: 'string', default: REPORT_FILE },
  'errors-max': { type: 'string', default: '1' },
  'purchase-p99-max': { type: 'string', default: '2000' },
  'pay-p99-max': { type: 'string', default: '2000' },
  'read-p99-max': { type: 'string', default: '1000' },
  'not-local': { type: 'boolean', default: false },
  'yes-i-own': { type: 'string' },
} as const;

export const HELP = `Loads a shop with a sale, as its shoppers would, and says whether it held.

  npm run load -- [options]

Each of the shoppers, who register first:
  browse     looks at the list of sales and at the event, at some moment before it opens
  wait       until the server's clock says that it is open; one in fifty is too early
  stampede   buys, all of them at once; whoever finds it sold out comes back when a hold ends
  confirm    after up to two seconds; some cancel or walk away, see --cancel and --leave
  reviews    reads the item's reviews and their summary afterwards
Then the sale is recounted from its orders, as npm run rehearse does, and closed. Its accounts, its
item and its event stay behind.

With --pay they do not confirm, but pay at the local provider, some of them as badly as shoppers can: see
npm run rehearse -- --help. Then the steps are, besides browsing, purchases and reviews:
  pay        asks the shop for a page to pay on
  page       sends the card to the provider; its time is not the shop's, and has no limit
  result     asks the shop what became of it, and the shop the provider
  cancel     gives the hold back, also while it is being paid
The money of every order is counted, and the report tells how long it took from the page's yes until the
shop told that the order is confirmed.

The sale
  --shoppers N         how many take part (default ${FLAGS.shoppers.default}, at most 20000)
  --stock N            units for sale (default ${FLAGS.stock.default})
  --seed N             draws the same shoppers again (default: random, always printed)
  --cancel PERCENT     of the shoppers give their hold back (default ${FLAGS.cancel.default})
  --leave PERCENT      of the shoppers let their hold run out (default ${FLAGS.leave.default})
  --hold SECONDS       how long a hold lasts (default ${FLAGS.hold.default})
  --lead SECONDS       from the end of enrolment to the opening (default ${FLAGS.lead.default})
  --pay                they pay at the local provider, which a shop of npm run dev has
  --webhooks HOW       of --pay: the provider delivers them twice, shuffled or lossy (loses every tenth)
  --connections N      open at once at most (default ${FLAGS.connections.default})
  --admin-email, --admin-password
                       who sets up the sale (default: the local sample admin, or
                       SWIFTDROP_ADMIN_EMAIL and SWIFTDROP_ADMIN_PASSWORD)

Where
  --url URL            the shop (default http://localhost:$PORT, PORT or 8787)
  --not-local and --yes-i-own HOST
                       both are needed for a --url that is not this machine, and HOST has to be
                       that of the URL. Load nobody's shop but your own. Addresses are limited in
                       production (ADDRESS_LIMITS): from one machine most of the load is told to wait.

What has to hold (exit code 1 if it does not)
  --errors-max PERCENT        of the requests of any step that time out, break or are answered 5xx
                              (default ${FLAGS['errors-max'].default}); a 503 that says "busy" is one too, a 429 is not
  --purchase-p99-max MS       of purchases, from a free connection to the last byte (default ${FLAGS['purchase-p99-max'].default})
  --pay-p99-max MS            of asking for a page to pay on (default ${FLAGS['pay-p99-max'].default})
  --read-p99-max MS           of browsing and reviews (default ${FLAGS['read-p99-max'].default})
  and always: no unit is sold twice, none is lost, the counters are what the orders say, and with --pay
  every order has been paid what it costs

  --report FILE        a page with the plots, for any browser (default ${REPORT_FILE})
  --json               only the figures, as JSON, on stdout; progress goes to stderr
  --help               this text

Limits: this program is one process, which makes about 10,000 requests a second on one core and
shares the machine with a local shop; "queued here" in the summary says when it was too slow itself.

Exit code: 0 all held, 1 something did not, 2 it could not be played, 130 stopped by Ctrl-C.
`;

/** @param seedDrawn the seed to use where none is given. */
export function parseOptions(
  argv: string[],
  env: Environment,
  seedDrawn: number,
): Parsed<LoadOptions> {
  return readCommandLine(() => {
    const { values } = parseArgs({ args: argv, options: FLAGS, strict: true });
    if (values.help) return 'help';
    const sale = readSale(values, env, seedDrawn);
    const refusal = refusalOf(sale.url, values['not-local'], values['yes-i-own']);
    if (refusal !== undefined) throw new Error(refusal);
    const thresholds: Thresholds = {
      errorPercentMax: whole('errors-max', values['errors-max'], [0, PERCENT_MAX]),
      purchaseP99MsMax: whole('purchase-p99-max', values['purchase-p99-max'], [1, MS_MAX]),
      payP99MsMax: whole('pay-p99-max', values['pay-p99-max'], [1, MS_MAX]),
      readP99MsMax: whole('read-p99-max', values['read-p99-max'], [1, MS_MAX]),
    };
    return { sale, thresholds, reportFile: values.report };
  });
}

/** @returns undefined for this machine, and for another one that was named twice. */
function refusalOf(url: string, notLocal: boolean, owned: string | undefined): string | undefined {
  if (isLoopback(url)) return undefined;
  const { hostname } = new URL(url);
  if (!notLocal || owned === undefined) {
    return `${url} is not this machine; say --not-local and --yes-i-own ${hostname} if it is yours`;
  }
  if (owned === hostname) return undefined;
  return `--yes-i-own ${owned} is not ${hostname}, which --url names`;
}
