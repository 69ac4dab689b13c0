/**
 * Sets where an order is delivered to, without paying: by its customer until it was sent, or by an admin who
 * corrects it. What was paid stays what it was, so an address that would cost something else is refused then.
 */
import { type Address, changedParts } from '../contract/address.ts';
import type { OrderId, UserId } from '../contract/ids.ts';
import type { ProblemCode } from '../contract/problems.ts';
import { type TaxPlan, totalCentsOf } from '../contract/totals.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import { Fault } from '../platform/faults.ts';
import { changeOrderAddress } from '../stores/postgres/order-addresses.ts';
import { itemsMinorOf, shownCosts } from '../stores/postgres/order-costs.ts';
import { findPayable, type PayableOrder } from '../stores/postgres/payment-beginnings.ts';
import { type Delivery, deliveryOf, isSameCosts } from './delivery.ts';
import { endPage } from './end-page.ts';
import type { LookNeeds } from './look-at-payment.ts';

export interface AddressNeeds extends Omit<LookNeeds, 'provider'> {
  /** Undefined where none is configured: then nobody pays. */
  provider: PaymentProvider | undefined;
  tax: TaxPlan;
}

export interface OrderAddressInput {
  orderId: OrderId;
  address: Address;
  /** Whose order it must be; undefined for an admin, who may correct any. */
  customerId?: UserId | undefined;
  /** Whether the customer's account keeps it too. */
  saveAddress?: boolean;
  /** The admin. */
  actor?: UserId | undefined;
}

export type AddressRefusal = Extract<
  ProblemCode,
  | 'address_fixed'
  | 'already_sent'
  | 'hold_expired'
  | 'no_address_needed'
  | 'not_delivered_there'
  | 'not_found'
  | 'order_cancelled'
>;

/** The order, or its page, may change while this is decided; more often than this it is left to the next call. */
const STEPS_MAX = 5;

/** @returns undefined where it was written. @throws as endPage. */
export async function setOrderAddress(
  needs: AddressNeeds,
  input: OrderAddressInput,
): Promise<AddressRefusal | undefined> {
  for (let step = 0; step < STEPS_MAX; step++) {
    const found = await findPayable(needs.db, input);
    const code = refusalOf(found, needs.nowMs());
    if (found === undefined || code !== undefined) return code ?? 'not_found';
    const delivery = deliveryOf(found, { given: input.address, tax: needs.tax });
    if (delivery === 'address_required') throw new Error('an address was given');
    if (delivery === 'not_delivered_there') return delivery;
    if (isOtherwisePaid(found, delivery, needs.tax)) {
      const { last } = found;
      const isOpen = found.order.status === 'pending' && last !== undefined;
      if (!isOpen || input.actor !== undefined || needs.provider === undefined) {
        return 'address_fixed';
      }
      await endPage({ ...needs, provider: needs.provider }, last);
    } else if (await write(needs, { input, found, delivery })) {
      return undefined;
    }
  }
  throw new Fault('the order changed while its address did', { retryable: true });
}

function refusalOf(found: PayableOrder | undefined, nowMs: number): AddressRefusal | undefined {
  if (found === undefined) return 'not_found';
  const { order, event, expiresAtMs } = found;
  if (!event.needsAddress) return 'no_address_needed';
  if (order.status === 'cancelled') return 'order_cancelled';
  if (order.sentAt !== null) return 'already_sent';
  if (order.status === 'confirmed') return undefined;
  return order.status === 'expired' || expiresAtMs <= nowMs ? 'hold_expired' : undefined;
}

/** Whether it is paid, or could be paid on a page that is open, for other costs than it has there. */
function isOtherwisePaid(
  { order, event, address, last }: PayableOrder,
  { costs }: Delivery,
  tax: TaxPlan,
): boolean {
  if (order.status === 'pending') {
    const state = last?.state;
    const isOpen = state === 'open' || state === 'authorised' || state === 'captured';
    return isOpen && !isSameCosts(shownCosts(order, { ...event, country: null }, tax), costs);
  }
  const before = order.costsFixed ? order.costsCountry : (address?.country ?? null);
  if (before === null || before === costs.country) return false;
  const items = itemsMinorOf(order);
  const shown = shownCosts(order, { ...event, country: before }, tax);
  return totalCentsOf(items, shown) !== totalCentsOf(items, costs);
}

function write(
  { db, nowMs }: AddressNeeds,
  { input, found, delivery }: { input: OrderAddressInput; found: PayableOrder; delivery: Delivery },
): Promise<boolean> {
  const { orderId, address, actor, customerId, saveAddress = false } = input;
  const parts = changedParts(found.address, address);
  return changeOrderAddress(db, {
    orderId,
    address,
    status: found.order.status,
    costs: delivery.costs,
    nowMs: nowMs(),
    savedBy: saveAddress ? customerId : undefined,
    corrected: actor !== undefined && parts.length > 0 ? { actor, parts } : undefined,
  });
}
