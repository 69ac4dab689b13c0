/** What is told of a purchase after Buy, in English. Must hold texts only. */
import type { Stock } from '../../../worker/contract/events.ts';
import { number } from '../numbers.ts';

export const PURCHASE_EN = {
  /** On the button that orders what costs nothing; the law wants other words where it does. */
  confirmFree: 'Confirm order',
  confirmedTitle: 'It is yours',
  confirmedBody: (quantity: number, total: string) =>
    `${number(quantity)} confirmed, ${total} in all.`,
  cancelledTitle: 'Given back',
  cancelledBody: 'It is on sale again. Changed your mind? Buy it while it lasts.',
  expiredTitle: 'Your hold has ended',
  expiredBody: (time: string) => `It ended at ${time}, and the unit went back on sale.`,
  ownUnits: (units: number) => `You have bought ${number(units)}`,
  ownUnitsAll: 'That is the most that one customer can buy.',
  nextRelease: (time: string) =>
    `The next hold ends at ${time}. If it is not confirmed, a unit comes back.`,
  orderCalled: (digits: string) => `Order ${digits}`,
  soldOutCounts: (stock: Stock) =>
    `${number(stock.remaining)} of ${number(stock.total)} left: ${number(stock.sold)} sold, ${number(stock.held)} held.`,
  tooFewLeft: (count: number) => `Only ${number(count)} left. Choose fewer and try again.`,
  limitDetail: ({ limit, held, bought }: { limit: number; held: number; bought: number }) =>
    `The limit is ${number(limit)}; you hold ${number(held)} and have bought ${number(bought)}.`,
  paymentChecked: (time: string) =>
    `Your time for the last one ran out while you were paying, and that payment is being checked. If it does not arrive, the unit is free again at ${time}.`,
  nextReleaseIn: 'Next release in',
  nextReleaseNow: 'A hold has just ended: a unit may be back.',
};
