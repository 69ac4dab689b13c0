/** What mails about money are about, read when they are sent: the payment, a refund of it, the order. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';
import type { RefundStatus } from '../../contract/payments.ts';
import type { Translations } from '../../contract/text-in.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { eventItemTexts, orderTexts, orderTextsOn, orderTranslations } from './order-texts.ts';
import { type PaymentRowState, paymentRefunds, payments } from './payment-schema.ts';
import { eventItems, events, orders } from './schema.ts';

/**
 * Why a payment is not kept:
 * - `cancelled`, `expired`: what its order is.
 * - `failed`: it confirmed its order, and could not be taken.
 * - `paid_twice`: another payment confirmed its order.
 * - `refunded`: it confirmed its order, and was given back since that was decided.
 * - `unusable`: its amount is not what the order costs.
 */
export type WhyNotKept =
  | 'cancelled'
  | 'expired'
  | 'failed'
  | 'paid_twice'
  | 'refunded'
  | 'unusable';

/** Names a payment, or a refund of it. */
export interface NamedPayment {
  paymentId: PaymentId;
  refundId?: RefundId | undefined;
}

/** Amounts in minor units of the currency. */
export interface PaymentFacts {
  customerId: UserId;
  orderId: OrderId;
  itemName: string;
  variantLabel: string | null;
  eventTitle: string;
  /** Of both names. */
  translations?: Translations<Record<'eventTitle' | 'itemName', string>>;
  currency: string;
  state: PaymentRowState;
  why: WhyNotKept;
  amountMinor: number;
  capturedMinor: number;
  /** By all refunds that are done. */
  refundedMinor: number;
  /** Undefined where no refund was named. */
  refund: { state: RefundStatus; amountMinor: number } | undefined;
}

/** By `nameOfPayment`; what is not there is missing. */
export async function readPaymentFacts(
  db: Db,
  named: readonly NamedPayment[],
): Promise<Map<string, PaymentFacts>> {
  if (named.length === 0) return new Map();
  const { eventTitle, itemName, variantLabel } = orderTexts;
  const paymentIds = named.map(({ paymentId }) => paymentId);
  const refundIds = named.flatMap(({ refundId }) => refundId ?? []);
  const isRefund = and(
    eq(paymentRefunds.paymentId, payments.id),
    refundIds.length === 0 ? sql`false` : inArray(paymentRefunds.id, refundIds),
  );
  const rows = await guarded(() =>
    db
      .select({
        payment: payments,
        refund: paymentRefunds,
        texts: { eventTitle, itemName, variantLabel, translations: orderTranslations },
        why: WHY_NOT_KEPT,
        refundedMinor: REFUNDED,
      })
      .from(payments)
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .innerJoin(eventItems, orderTextsOn.eventItems)
      .innerJoin(events, orderTextsOn.events)
      .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
      .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
      .leftJoin(paymentRefunds, isRefund)
      .where(inArray(payments.id, paymentIds)),
  );
  const facts = new Map<string, PaymentFacts>();
  for (const { payment, refund, texts, why, refundedMinor } of rows) {
    const { customerId, orderId, currency, state, amountMinor, capturedMinor } = payment;
    const amounts = { amountMinor, capturedMinor, refundedMinor };
    const known = { customerId, orderId, currency, state, ...texts, why, ...amounts };
    const { id: paymentId } = payment;
    facts.set(nameOfPayment({ paymentId }), { ...known, refund: undefined });
    if (refund === null) continue;
    const { id: refundId, state: refundState, amountMinor: refundMinor } = refund;
    const given = { state: refundState, amountMinor: refundMinor };
    facts.set(nameOfPayment({ paymentId, refundId }), { ...known, refund: given });
  }
  return facts;
}

export function nameOfPayment({ paymentId, refundId }: NamedPayment): string {
  return refundId ?? paymentId;
}

const WHY_NOT_KEPT: SQL<WhyNotKept> = sql<WhyNotKept>`
  CASE WHEN ${orders.paymentId} = ${payments.id}
         THEN CASE WHEN ${payments.state} = 'failed' THEN 'failed' ELSE 'refunded' END
       WHEN ${orders.status} = 'confirmed' THEN 'paid_twice'
       WHEN ${orders.status} IN ('cancelled', 'expired') THEN ${orders.status}
       ELSE 'unusable' END`;

const REFUNDED = sql<number>`(
  SELECT coalesce(sum(given.amount_minor), 0)::float8 FROM payment_refunds AS given
   WHERE given.payment_id = ${payments.id} AND given.state = 'done')`;
