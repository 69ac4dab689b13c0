/** The world as those see it who work on payments. Types only. */
import type { FillRandom, OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';
import type { PaymentProvider } from '../../payment/provider.ts';
import type { Db } from '../../stores/postgres/client.ts';

/** An order in its event's line. */
export interface InLine {
  orderId: OrderId;
  customerId: UserId;
}

export interface PaymentPorts {
  db: Db;
  provider: PaymentProvider;
  nowMs(): number;
  fillRandom: FillRandom;
  /** Has the line confirm an order by its payment. @returns whether it is confirmed by it. Throws a Fault. */
  confirmPaid(order: InLine & { paymentId: PaymentId }): Promise<boolean>;
  /** Has the line take units of an order back, as often as it is asked once. Throws a Fault. */
  returnUnits(order: InLine & ({ paymentId: PaymentId } | { refundId: RefundId })): Promise<void>;
}
