/**
 * Begins to pay for an order: the attempt's row first, then the provider's page, then a look at whether the
 * order still waits for it. Asked again, it goes on where it stopped: one order has one page at a time.
 */
import type { Address } from '../contract/address.ts';
import {
  eventIdOf,
  type FillRandom,
  makePaymentId,
  type OrderId,
  type PaymentId,
  type UserId,
} from '../contract/ids.ts';
import type { PaymentStatus, Payment as WirePayment } from '../contract/payments.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { TaxPlan } from '../contract/totals.ts';
import { PaymentFault, type PaymentFaultCode } from '../payment/payment-fault.ts';
import type { SessionPlan } from '../payment/provider.ts';
import { Fault, isRetryable } from '../platform/faults.ts';
import { fixedCostsOf } from '../stores/postgres/order-costs.ts';
import {
  beginOrFindPayment,
  findPayable,
  type PayableOrder,
} from '../stores/postgres/payment-beginnings.ts';
import {
  claimLooks,
  dropPayment,
  type PaymentRow,
  writeSession,
} from '../stores/postgres/payments.ts';
import { deliveryOf, isSameCosts } from './delivery.ts';
import { endPage } from './end-page.ts';
import { type LookNeeds, lookAtPayment } from './look-at-payment.ts';
import { pageLines } from './page-lines.ts';

export interface PayNeeds extends LookNeeds {
  fillRandom: FillRandom;
  /** The shop's own address, to which the provider's page leads back. */
  publicUrl: string;
  tax: TaxPlan;
}

export type PayRefusal = Extract<
  ProblemCode,
  | 'address_required'
  | 'amount_not_payable'
  | 'hold_expired'
  | 'no_payment_due'
  | 'not_delivered_there'
  | 'not_found'
  | 'order_cancelled'
  | 'order_confirmed'
>;

export type Paying = { ok: true; payment: WirePayment } | { ok: false; code: PayRefusal };

interface Whose {
  orderId: OrderId;
  customerId: UserId;
}

/** What its customer says with it. */
export interface PayInput {
  /** Where it is delivered to; undefined for the one that is known. */
  address?: Address | undefined;
  /** Whether the account keeps it too. */
  saveAddress: boolean;
}

/** The provider is asked at most once in this time what became of an attempt. */
export const LOOK_EVERY_MS = 1_000;
/** An attempt that ends before it has a page is followed by another one. */
const STEPS_MAX = 6;
/** By these the provider stays at its answer, for this attempt's key. */
const ENDS_ATTEMPT: ReadonlySet<PaymentFaultCode> = new Set([
  'key_reused',
  'key_spent',
  'rejected',
]);

/** @throws PaymentFault where the provider does not answer: the same call goes on later. */
export async function payForOrder(
  needs: PayNeeds,
  whose: Whose,
  input: PayInput = { saveAddress: false },
): Promise<Paying> {
  const { nowMs } = needs;
  let isLookedAt = false;
  for (let step = 0; step < STEPS_MAX; step++) {
    const begun = await begin(needs, whose, input);
    if (!begun.ok) return begun;
    const { found, isForOtherCosts } = begun;
    const { last, expiresAtMs } = found;
    // Its money was taken at once, and the line is about to decide: nobody pays twice meanwhile.
    if (last?.state === 'captured') return { ok: true, payment: onTheWire(last, expiresAtMs) };
    // Others ended between its beginning and its reading.
    if (last?.state !== 'open' && last?.state !== 'authorised') continue;
    if (isForOtherCosts) {
      await endPage(needs, last);
    } else if (last.sessionId === null) {
      const opened = await openPage(needs, found, last);
      if (opened.kind === 'refused') return { ok: false, code: opened.code };
      if (opened.kind === 'payable' && nowMs() < expiresAtMs) {
        const { url: sessionUrl } = opened;
        return { ok: true, payment: onTheWire({ ...last, sessionUrl }, expiresAtMs) };
      }
      isLookedAt = true;
    } else if (isLookedAt || !(await refresh(needs, whose))) {
      return { ok: true, payment: onTheWire(last, expiresAtMs) };
    } else {
      isLookedAt = true;
    }
  }
  throw new Fault('no page to pay on was opened', { retryable: true });
}

/** Begins to pay where no attempt is open, for what it costs where it is delivered to. */
async function begin(
  { db, nowMs, fillRandom, tax }: PayNeeds,
  whose: Whose,
  { address: given, saveAddress }: PayInput,
): Promise<
  { ok: true; found: PayableOrder; isForOtherCosts: boolean } | Extract<Paying, { ok: false }>
> {
  const before = await findPayable(db, whose);
  const refused = refusalOf(before, nowMs());
  if (before === undefined || refused !== undefined) {
    return { ok: false, code: refused ?? 'not_found' };
  }
  const delivery = deliveryOf(before, { given, tax });
  if (typeof delivery === 'string') return { ok: false, code: delivery };
  const atMs = nowMs();
  const id = makePaymentId(eventIdOf(whose.orderId), atMs, fillRandom);
  const isGiven = given !== undefined && delivery.address !== null;
  const beginning = { id, ...whose, ...delivery, isGiven, saveAddress, nowMs: atMs };
  const found = await beginOrFindPayment(db, beginning);
  const code = refusalOf(found, nowMs());
  if (found === undefined || code !== undefined) return { ok: false, code: code ?? 'not_found' };
  // A page that is open stays as it is, unless its customer wants it delivered elsewhere.
  const isForOtherCosts = isGiven && !isSameCosts(fixedCostsOf(found.order), delivery.costs);
  return { ok: true, found, isForOtherCosts };
}

function refusalOf(found: PayableOrder | undefined, nowMs: number): PayRefusal | undefined {
  if (found === undefined) return 'not_found';
  const { order, expiresAtMs } = found;
  if (order.status === 'confirmed') return 'order_confirmed';
  if (order.status === 'cancelled') return 'order_cancelled';
  if (!order.payOnline) return 'no_payment_due';
  return order.status === 'expired' || expiresAtMs <= nowMs ? 'hold_expired' : undefined;
}

/** Writes down what became of the attempts, unless somebody just did. @returns whether it was asked for. */
async function refresh(needs: PayNeeds, whose: Whose): Promise<boolean> {
  const nowMs = needs.nowMs();
  const ids = await claimLooks(needs.db, { ...whose, nowMs, sinceMs: nowMs - LOOK_EVERY_MS });
  for (const id of ids) {
    try {
      await lookAtPayment(needs, id);
    } catch (error) {
      // One may still pay on the page that is known.
      if (!isRetryable(error)) throw error;
    }
  }
  return ids.length > 0;
}

/** `unsure`: the order or the attempt has ended meanwhile, or its page is another one. */
type Opened =
  | { kind: 'payable'; url: string | null }
  | { kind: 'refused'; code: PayRefusal }
  | { kind: 'unsure' };

/** Has the provider make the page of an attempt. */
async function openPage(
  { db, provider, nowMs, publicUrl }: PayNeeds,
  found: PayableOrder,
  { id, begunAt }: PaymentRow,
): Promise<Opened> {
  const plan = planOf(found, { id, begunAtMs: begunAt.getTime(), publicUrl });
  try {
    const made = await provider.createSession(plan, `session/${id}`);
    if (made.kind === 'done') {
      const isPayable = await writeSession(db, id, { ...made.value, nowMs: nowMs() });
      return isPayable ? { kind: 'payable', url: made.value.url ?? null } : { kind: 'unsure' };
    }
    await dropPayment(db, id, { reason: made.code, nowMs: nowMs() });
    return { kind: 'refused', code: 'amount_not_payable' };
  } catch (error) {
    if (!(error instanceof PaymentFault && ENDS_ATTEMPT.has(error.code))) throw error;
    // If it made a page all the same, nobody knows its address.
    await dropPayment(db, id, { reason: error.code, nowMs: nowMs() });
    return { kind: 'unsure' };
  }
}

function planOf(
  { order, unitPriceMinor, expiresAtMs, name, language }: PayableOrder,
  { id, begunAtMs, publicUrl }: { id: PaymentId; begunAtMs: number; publicUrl: string },
): SessionPlan {
  const page = `${publicUrl}/orders/${order.id}`;
  return {
    attemptId: id,
    orderId: order.id,
    currency: order.currency,
    lines: pageLines({
      name,
      unitMinor: unitPriceMinor,
      quantity: order.quantity,
      language,
      costs: fixedCostsOf(order),
    }),
    successUrl: `${page}?payment=returned`,
    cancelUrl: `${page}?payment=cancelled`,
    language,
    begunAtMs,
    endsAtMs: expiresAtMs,
  };
}

function onTheWire(row: PaymentRow, expiresAtMs: number): WirePayment {
  return {
    id: row.id,
    status: row.state satisfies PaymentStatus,
    redirectUrl: row.state === 'open' ? row.sessionUrl : null,
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
