/** What the mail to whom the queue has reached is about. Pure. */
import { eventIdOf, type UserId } from '../../contract/ids.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import type { OrderFacts } from '../../stores/postgres/order-mail-facts.ts';
import type { MailFacts, Shop } from './messages/message.ts';

/** @returns undefined where the offer has ended, was taken, or is not theirs. */
export function yourTurn(
  shop: Shop,
  { payload }: { payload: OutboxPayload<'mail.your_turn'> },
  { order, nowMs }: { order: OrderFacts | undefined; nowMs: number },
): MailFacts['mail.your_turn'] | undefined {
  const { orderId, userId } = payload;
  if (!isOpenOffer(order, userId, nowMs)) return undefined;
  const link = `${shop.url}/events/${eventIdOf(orderId)}`;
  const draw = order.record ? { ...order.record, link: `${link}/draw` } : null;
  return { ...order, link, draw };
}

/** Whether an offer can still be taken by them. */
export function isOpenOffer(
  order: OrderFacts | undefined,
  userId: UserId,
  nowMs: number,
): order is OrderFacts {
  return order?.confirmedAtMs === null && order.expiresAtMs > nowMs && order.customerId === userId;
}
