/** What is told of paying for an order, in English. Must hold texts only. */
import type { Decline } from '../../../worker/contract/own-order.ts';
import type { PaymentStatus } from '../../../worker/contract/payments.ts';
import { number, plural } from '../numbers.ts';

export const PAYMENT_EN = {
  // A hold that has to be paid for.
  title: 'Payment',
  toPay: 'Pay before the time runs out',
  units: (quantity: number, price: string) => `${number(quantity)} × ${price}`,
  total: 'Total',
  /** On the button that makes it an order: that it costs money, and how much. */
  pay: (total: string) => `Buy now – pay ${total}`,
  opening: 'Opening the payment page…',
  openByHand: 'Does it not open? Go to the payment page',
  how: 'You pay on the page of our payment provider. If you do not get it, it costs you nothing: nothing is charged, or you get all of it back.',
  notOpened:
    'The payment page could not be opened. Nothing was charged, and your hold goes on: please try again.',
  toOrder: 'See the order and its payment',
  ifPaid: 'Did you pay in the last moments? Your order’s page shows what became of it.',

  // What became of it.
  unfinishedTitle: 'Not paid yet',
  unfinished: 'The payment was not finished, and nothing was charged. You can go on with it.',
  declinedTitle: 'The payment was declined',
  declined: {
    insufficient_funds: 'There is not enough money on the card, or its limit is reached.',
    card_expired: 'The card has expired.',
    details_wrong: 'The number, the date or the security code of the card was not right.',
    not_authenticated: 'Your bank did not get your approval.',
    too_often: 'Your bank does not allow more payments with this card for now.',
    try_later: 'Your bank could not be reached.',
    other: 'Your bank did not say why.',
  } satisfies Record<Decline, string>,
  payAgain: 'Nothing was charged. You can pay again, also with another card.',
  checkingTitle: 'Your payment is being checked…',
  checking: 'This takes a few seconds. If you do not get it, it costs you nothing.',
  slowTitle: 'Your payment is still being checked',
  slow: 'This takes longer than usual. You may close this page: we go on checking, and if you do not get it, it costs you nothing.',
  lookAgain: 'Check again',
  paidTitle: 'It is yours, and paid',
  approved: (total: string) => `Your bank approved ${total}. It is charged now.`,
  paid: (total: string) => `You paid ${total}.`,
  goneTitle: 'Your card was not charged',
  gone: {
    expired:
      'The time ran out before the payment was complete, and the unit went back on sale. If your bank shows a reserved amount, it goes away by itself, usually within a few days.',
    cancelled:
      'You gave the unit back. If your bank shows a reserved amount, it goes away by itself, usually within a few days.',
  },
  returningTitle: 'You do not pay for this',
  returning:
    'You did not get the unit, so we are letting go of your payment now. There is nothing for you to do.',
  returnedTitle: 'Your money is on its way back',
  returned: (amount: string) =>
    `You did not get the unit, so we sent ${amount} back. Your bank may take some days to show it.`,
  refundedTitle: 'Refunded',
  refunded: (amount: string) => `We sent ${amount} back. Your bank may take some days to show it.`,
  partlyTitle: 'Partly refunded',
  partly: (amount: string, total: string) =>
    `We sent ${amount} of ${total} back. Your bank may take some days to show it.`,
  failedTitle: 'The payment failed in the end',
  failed:
    'Your bank had approved it, and then did not pay. You were not charged, and the order is not carried out.',

  // Beside an order.
  status: {
    open: 'Payment not finished',
    authorised: 'Payment approved',
    captured: 'Paid',
    released: 'Not charged',
    failed: 'Payment failed',
    refunded: 'Refunded',
    partly_refunded: 'Partly refunded',
  } satisfies Record<PaymentStatus, string>,
  state: 'State',
  amount: 'Amount',
  approvedAt: 'Approved',
  refundOf: (time: string) => `Refund ${time}`,
  refundStatus: {
    pending: (amount: string) => `${amount}, on its way`,
    done: (amount: string) => amount,
    failed: (amount: string) => `${amount}, did not arrive: please ask the shop`,
  },
  unitsReturned: 'Returned',
  returnedUnits: (count: number) => plural(count, 'unit', 'units'),
  resume: (digits: string) => `${digits} left – pay or give back`,
  returnedState: { whole: 'Returned', partly: 'Partly returned' },
  allReturned: 'Returned to the shop.',
  partlyReturned: (kept: number) =>
    `Some of it was returned to the shop. You keep ${plural(kept, 'unit', 'units')}.`,
};
