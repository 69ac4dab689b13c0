/** Cancelling an event, and how far what follows has come, in English. Must hold texts only. */
import { number } from '../../texts/numbers.ts';

export const CANCELLING_EN = {
  action: 'Cancel the event',
  ask: 'Cancel this event for good?',
  body: 'It closes at once, and is never opened, edited or given stock again. Everybody concerned gets a mail. This cannot be undone.',
  counting: 'Counting what would end …',
  orders: (count: number) => `Orders that are returned: ${number(count)}`,
  holds: (count: number) => `Holds that end: ${number(count)}`,
  waiting: (count: number) => `Places in the queue that end: ${number(count)}`,
  money: (amount: string) => `Refunded: ${amount}`,
  noMoney: 'Nothing was paid, so nothing is refunded.',
  reason: 'Reason',
  reasonHint: 'Required. Only admins see it, here and in the audit log.',
  keep: 'Keep the event',
  done: 'Cancelled an event',
  title: 'This event was cancelled',
  by: (who: string, time: string) => `By ${who}, ${time}`,
  somebody: 'an admin',
  theShop: 'the shop itself',
  cancelled: 'Cancelled',
  cancelledAt: (time: string) => `Cancelled ${time}`,
  soldBefore: 'Units sold before it was cancelled',
  ordersBefore: 'Orders confirmed before',
  givenBack: 'Refunded money',
  refunded: (refunded: number, orders: number) =>
    `Refunded: ${number(refunded)} of ${number(orders)} orders`,
  ended: (refunded: number, orders: number) =>
    `Orders ended: ${number(refunded)} of ${number(orders)}`,
  working: 'The rest follows by itself, also when you leave this page.',
  finished: 'Nothing is left to be done.',
  finishedAt: (time: string) => `All was done ${time}. Nothing is left to be done.`,
  failed: (count: number) =>
    `${count === 1 ? 'The money of one order' : `The money of ${number(count)} orders`} could not be refunded. Look at each, and settle it:`,
};
