/**
 * Compares payments with what the provider has of them, in a range of time. Mends by the outbox alone: a
 * payment that differs is looked at once more, and one that holds money for no order is released. What the
 * provider has and this shop has not is only named: another shop may share the account.
 */
import type { PaymentId } from '../worker/contract/ids.ts';
import { paymentIdSchema } from '../worker/contract/ids.ts';
import type { Payment, PaymentProvider } from '../worker/payment/provider.ts';
import type { Db } from '../worker/stores/postgres/client.ts';
import { readKnownDisputes } from '../worker/stores/postgres/payment-disputes.ts';
import {
  findUnsettledPayments,
  type KnownPayment,
  queueForPayments,
  readKnownPayments,
} from '../worker/stores/postgres/payment-reconciliation.ts';

const DAY_MS = 24 * 60 * 60_000;
/** What the provider told of by a webhook a moment ago may not be worked off yet. */
const YOUNG_MS = 10 * 60_000;

/**
 * - `unknown_here`: the provider has a payment of an attempt that this shop does not know.
 * - `differs`: its state or its amounts are not those that the provider says.
 * - `not_an_orders`: money is taken or reserved, no order rests on it, and nothing is to give it back.
 * - `dispute_differs`: a dispute of it is not what the provider says.
 * - `unsettled`: it could have changed for a day, and nobody has heard of it.
 */
export interface PaymentFinding {
  what: 'differs' | 'dispute_differs' | 'not_an_orders' | 'unknown_here' | 'unsettled';
  /** Ours; of an unknown one what the provider calls it. */
  id: string;
  details: string;
}

export interface Compared {
  db: Db;
  provider: Pick<PaymentProvider, 'listDisputes' | 'listPayments'>;
  nowMs: number;
  /** How far back. */
  days: number;
}

export async function findPaymentDifferences(compared: Compared): Promise<PaymentFinding[]> {
  const { db, nowMs } = compared;
  const findings: PaymentFinding[] = [];
  const seen = new Set<string>();
  for await (const page of pagesOf(compared)) {
    const ids = page.flatMap(({ attemptId }) => attemptId ?? []);
    const known = new Map((await readKnownPayments(db, ids)).map((row) => [row.id as string, row]));
    for (const payment of page) {
      const row = known.get(payment.attemptId ?? '');
      const found = findingOf(payment, row) ?? (await disputeFinding(compared, payment, row));
      if (found !== undefined && !seen.has(found.id)) findings.push(found);
      if (found !== undefined) seen.add(found.id);
    }
  }
  for (const id of await findUnsettledPayments(db, nowMs - DAY_MS)) {
    if (!seen.has(id))
      findings.push({ what: 'unsettled', id, details: 'begun more than a day ago' });
  }
  return findings;
}

/** @returns how many were put into the outbox. */
export async function repairPayments(
  db: Db,
  findings: readonly PaymentFinding[],
  nowMs: number,
): Promise<number> {
  const turn = `reconcile/${nowMs}`;
  const idsOf = (...what: PaymentFinding['what'][]) =>
    findings.filter((one) => what.includes(one.what)).map(({ id }) => id as PaymentId);
  const looked = idsOf('differs', 'dispute_differs', 'unsettled');
  const released = idsOf('not_an_orders');
  await queueForPayments(db, 'payment.look', { ids: looked, turn, nowMs });
  await queueForPayments(db, 'payment.release', { ids: released, turn, nowMs });
  return looked.length + released.length;
}

async function* pagesOf({ provider, nowMs, days }: Compared): AsyncGenerator<Payment[]> {
  const range = { fromMs: nowMs - days * DAY_MS, toMs: nowMs - YOUNG_MS };
  let after: string | undefined;
  do {
    const { entries, next } = await provider.listPayments({ ...range, after });
    yield entries;
    after = next;
  } while (after !== undefined);
}

function findingOf(payment: Payment, known: KnownPayment | undefined): PaymentFinding | undefined {
  const { attemptId, paymentId, state, capturedMinor, refundedMinor, currency } = payment;
  const said = `the provider says ${state}, ${capturedMinor} taken and ${refundedMinor} given back in ${currency}`;
  if (known === undefined) {
    // A payment that no shop of this kind began is nobody's business here.
    if (!paymentIdSchema.safeParse(attemptId).success) return undefined;
    return { what: 'unknown_here', id: paymentId, details: `${attemptId}: ${said}` };
  }
  const { id, isOrders, isQueued } = known;
  // A try that was declined, on a page where another one was paid.
  if (
    known.providerPaymentId !== null &&
    known.providerPaymentId !== paymentId &&
    !holdsMoney(payment)
  )
    return undefined;
  if (isQueued) return undefined;
  const details = `${said}, its row ${known.state}, ${known.capturedMinor} and ${known.refundedMinor} in ${known.currency}`;
  if (!isAlike(payment, known)) return { what: 'differs', id, details };
  if (!isOrders && holdsMoney(payment)) return { what: 'not_an_orders', id, details };
  return undefined;
}

/** Asked only of payments that are disputed, or were. */
async function disputeFinding(
  { db, provider }: Compared,
  { isDisputed, paymentId }: Payment,
  row: KnownPayment | undefined,
): Promise<PaymentFinding | undefined> {
  if (!isDisputed || row === undefined || row.isQueued) return undefined;
  const known = new Map((await readKnownDisputes(db, row.id)).map((one) => [one.id, one]));
  for (const { disputeId, state, amountMinor } of await provider.listDisputes(paymentId)) {
    const own = known.get(disputeId);
    if (own?.state === state && own.amountMinor === amountMinor) continue;
    const seen = own === undefined ? 'no row' : `its row ${own.state} over ${own.amountMinor}`;
    const details = `the provider says of ${disputeId} ${state} over ${amountMinor}, ${seen}`;
    return { what: 'dispute_differs', id: row.id, details };
  }
  return undefined;
}

function isAlike(payment: Payment, known: KnownPayment): boolean {
  const { state, capturedMinor, refundedMinor, currency, amountMinor } = payment;
  return (
    statesOf(state).includes(known.state) &&
    known.capturedMinor === capturedMinor &&
    known.refundedMinor === refundedMinor &&
    known.currency === currency &&
    known.amountMinor === amountMinor
  );
}

/** In which states a row may be; one that its order rests on has failed where it ended. */
function statesOf(state: Payment['state']): KnownPayment['state'][] {
  switch (state) {
    case 'partly_refunded':
    case 'refunded':
    case 'captured':
      return ['captured'];
    case 'released':
    case 'failed':
      return ['released', 'failed'];
    case 'open':
    case 'processing':
      // Its page has ended, and with it the try to pay there.
      return ['open', 'released'];
    case 'authorised':
      return ['authorised'];
    default:
      return state satisfies never;
  }
}

function holdsMoney({ state, capturedMinor, refundedMinor }: Payment): boolean {
  return state === 'authorised' || capturedMinor > refundedMinor;
}
