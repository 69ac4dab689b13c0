/**
 * `npm run reconcile [-- --repair]`: compares counters with orders and queue entries over all events, and
 * recounts the laws of the queue and of the money as far as the rows tell. Where PAYMENT_VIA is given it also
 * compares the payments of the last PAYMENT_DAYS with the provider. Exits 0 if nothing differs, or if all that
 * did was mended or is in the outbox; 1 if something does. A law that was broken cannot be mended.
 */

import { faultsIn, valuesIn } from '../data-api/environment.ts';
import { paymentOf } from '../worker/config/payment-config.ts';
import { PAYMENT_VARIABLES } from '../worker/config/payment-variables.ts';
import { openProvider } from '../worker/payment/configured/open-provider.ts';
import type { PaymentProvider } from '../worker/payment/provider.ts';
import { type Db, openDb } from '../worker/stores/postgres/client.ts';
import { type BrokenMoneyLaw, findBrokenMoneyLaws } from '../worker/stores/postgres/money-laws.ts';
import {
  type BrokenLaw,
  findBrokenLaws,
  findQueueDifferences,
  type QueueDifference,
} from '../worker/stores/postgres/queue-reconciliation.ts';
import {
  type Difference,
  findDifferences,
  repairDifferences,
} from '../worker/stores/postgres/reconciliation.ts';
import { openDataFolder } from './data-folder.ts';
import { assertReady, openDatabase } from './database.ts';
import {
  findPaymentDifferences,
  type PaymentFinding,
  repairPayments,
} from './reconcile-payments.ts';
import { readSettings } from './settings.ts';
import { UserError } from './user-error.ts';

/** Whoever recounts all sales waits for it. */
const RECOUNT_MS_MAX = 10 * 60_000;
const ACTOR = 'npm run reconcile';
const LAWS_BROKEN = 'A law of the queue or of the money was broken, which this cannot mend.';
/** Longer than an authorisation, and than most people take to ask for their money. */
const PAYMENT_DAYS = 30;

export async function main(args: string[]): Promise<void> {
  const repair = args.includes('--repair');
  if (args.some((arg) => arg !== '--repair')) {
    throw new UserError('Usage: npm run reconcile [-- --repair]');
  }
  const { databaseUrl, dataFolder } = readSettings(process.env);
  const database = await openDatabase(
    databaseUrl === undefined
      ? { folder: (await openDataFolder(dataFolder)).postgres }
      : { databaseUrl },
  );
  const db = openDb({ ...database, timeoutMs: RECOUNT_MS_MAX });
  try {
    await assertReady(database.db);
    const provider = providerOf(process.env);
    const found = await readFindings(db, provider);
    for (const line of describe(found)) console.log(line);
    if (found.differing > 0 && repair) await repairDifferences(db, ACTOR);
    if (repair) await repairPayments(db, found.payments, Date.now());
    const left = repair ? await readFindings(db, provider) : found;
    console.log(verdict(found.differing, left.differing));
    if (provider !== undefined) console.log(paymentVerdict(found.payments, left.payments));
    const broken = left.laws.length + left.moneyLaws.length;
    if (broken > 0) console.log(LAWS_BROKEN);
    process.exitCode = left.differing + broken + left.payments.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

interface Findings {
  stock: Difference[];
  queues: QueueDifference[];
  laws: BrokenLaw[];
  moneyLaws: BrokenMoneyLaw[];
  /** None where no provider is given. */
  payments: PaymentFinding[];
  /** Event items whose counters differ, either way. */
  differing: number;
}

/** As the Worker's configuration names it. @throws UserError naming the variables at fault. */
function providerOf(env: NodeJS.ProcessEnv): PaymentProvider | undefined {
  const faults = faultsIn(PAYMENT_VARIABLES, env);
  if (faults.length > 0) {
    throw new UserError(`Missing or malformed: ${faults.map(({ name }) => name).join(', ')}.`);
  }
  const payment = paymentOf(valuesIn(PAYMENT_VARIABLES, env));
  return openProvider({ payment }, { fetch: (url, init) => fetch(url, init) });
}

async function readFindings(db: Db, provider: PaymentProvider | undefined): Promise<Findings> {
  const [stock, queues] = [await findDifferences(db), await findQueueDifferences(db)];
  const differing = new Set([...stock, ...queues].map(({ eventItemId }) => eventItemId)).size;
  const [laws, moneyLaws] = [await findBrokenLaws(db), await findBrokenMoneyLaws(db)];
  const payments =
    provider === undefined
      ? []
      : await findPaymentDifferences({ db, provider, nowMs: Date.now(), days: PAYMENT_DAYS });
  return { stock, queues, laws, moneyLaws, payments, differing };
}

function describe({ stock, queues, laws, moneyLaws, payments }: Findings): string[] {
  return [
    ...stock.map(({ eventItemId, counted, recounted }) => {
      const names = ['total', 'remaining', 'held', 'sold'] as const;
      return `${eventItemId}: ${changes(names, { counted, recounted, by: 'its orders say' })}`;
    }),
    ...queues.map(({ eventItemId, counted, recounted }) => {
      const names = ['waiting', 'waitingUnits', 'servedRank', 'offers'] as const;
      return `${eventItemId}, queue: ${changes(names, { counted, recounted, by: 'its entries say' })}`;
    }),
    ...laws.map(({ eventId, law, count }) => `${eventId}, queue: ${law} (${count})`),
    ...moneyLaws.map(({ orderId, law }) => `${orderId}, money: ${law}`),
    ...payments.map(({ id, what, details }) => `${id}, payment: ${what}; ${details}`),
  ];
}

function changes<Name extends string>(
  names: readonly Name[],
  {
    counted,
    recounted,
    by,
  }: Record<'counted' | 'recounted', Record<Name, number>> & { by: string },
): string {
  return names
    .filter((name) => counted[name] !== recounted[name])
    .map((name) => `${name} is ${counted[name]}, ${by} ${recounted[name]}`)
    .join('; ');
}

function verdict(found: number, left: number): string {
  if (found === 0) return 'Counters, orders and queue entries agree in every event.';
  if (left === 0) return `${found} event item(s) mended; the audit log has an entry for each.`;
  return `${left} event item(s) differ. Run it with -- --repair to repair them.`;
}

function paymentVerdict(found: PaymentFinding[], left: PaymentFinding[]): string {
  if (found.length === 0) return 'Payments are as the provider says.';
  const queued = found.length - left.length;
  if (left.length === 0) return `${queued} payment(s) are in the outbox, which sees to them.`;
  return `${left.length} payment(s) differ. -- --repair has the outbox see to those that are this shop's.`;
}
