/** An order as the sale answers it. Plain data that survives RPC; no behaviour. */
import type { Address } from '../../contract/address.ts';
import type { EventId, EventItemId, OrderId, QueueEntryId } from '../../contract/ids.ts';
import type { OrderStatus } from '../../contract/orders.ts';
import type { OrderPayment } from '../../contract/payments.ts';
import type { OrderCosts } from '../../contract/totals.ts';

/** An order as the ledger gives it; times in milliseconds since the epoch. */
export interface OrderRecord {
  id: OrderId;
  eventId: EventId;
  eventItemId: EventItemId;
  status: OrderStatus;
  quantity: number;
  unitPriceCents: number;
  /** Null without variants. An object of the version before leaves it out. */
  variantLabel?: string | null;
  /** Of an offer, the queue entry that it was made to. An object of the version before leaves it out. */
  entryId?: QueueEntryId | null;
  currency: string;
  reservedAtMs: number;
  expiresAtMs: number;
  /** These three are left out by an object of the version before, in whose sales nobody pays. */
  payOnline?: boolean;
  /** Null where nobody has begun to pay. */
  payment?: OrderPayment | null;
  unitsReturned?: number;
  /** Left out where it is not for an address. */
  needsAddress?: boolean;
  /** The same, and by an object of the version before. */
  delivery?: OrderDelivery;
  /** As they were fixed when somebody began to pay; left out before that, and by an object of the version before. */
  costs?: OrderCosts;
}

/** Where an order goes as far as that is known, and what that costs. */
export interface OrderDelivery {
  /** Of the order itself. */
  address: Address | null;
  /** Of that address, else of the account's, which counts while the order is held. */
  country: string | null;
  /** Null where no country is known, or nothing is delivered there. */
  shippingCents: number | null;
}
