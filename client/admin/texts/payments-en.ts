/** How a sale is paid for, in English. Must hold texts only. */

import { number } from '../../texts/numbers.ts';

export const PAYMENTS_EN = {
  attention: {
    title: 'Payments that need you',
    late: (count: number) =>
      `${count === 1 ? 'One payment has' : `${number(count)} payments have`} failed to be taken for more than an hour. It is tried again every hour until the time for it is over.`,
    failed: (count: number) =>
      `${count === 1 ? 'One payment' : `${number(count)} payments`} could not be taken in the last 14 days. The units are back on sale, and the customer was not charged: agree with them how to go on.`,
    owed: (count: number) =>
      `${count === 1 ? 'One refund or release was' : `${number(count)} refunds or releases were`} given up, so money of a customer is kept. Look at the provider, then have it tried again.`,
    disputed: (count: number, time: string) =>
      `${count === 1 ? 'A customer disputes a payment' : `${number(count)} payments are disputed`} at the bank. Answer at the payment provider by ${time}, or the money is gone.`,
    show: 'Show them',
    showOrder: 'Show the order',
  },
  kinds: { online: 'Online', none: 'Not here' },
  hints: {
    online:
      'Whoever holds a unit pays for it before the time runs out, and the payment confirms the order. Nobody is charged for a unit that they do not get. What is free of charge is confirmed without.',
    none: 'Whoever holds a unit confirms the order by a press. The shop takes no money.',
  },
  barred: 'Not possible here: this shop has no payment provider.',
};
