/** What the mail says of an order that was sent: undefined where it has become otherwise since. Pure. */
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import type { OrderFacts } from '../../stores/postgres/order-mail-facts.ts';
import { isMailOf } from '../../stores/postgres/order-mails.ts';
import type { MailFacts, Shop } from './messages/message.ts';

export function orderSent(
  shop: Shop,
  { key, payload }: { key: string; payload: OutboxPayload<'mail.order_sent'> },
  order: OrderFacts | undefined,
): MailFacts['mail.order_sent'] | undefined {
  const { orderId, userId } = payload;
  // Another link has a mail of its own.
  if (order?.customerId !== userId || !order.sent || !isMailOf(key, order.sent.key)) {
    return undefined;
  }
  const { atMs: sentAtMs, trackingUrl } = order.sent;
  const link = `${shop.url}/orders/${orderId}`;
  return { ...order, number: orderNumberOf(orderId), sentAtMs, trackingUrl, link };
}
