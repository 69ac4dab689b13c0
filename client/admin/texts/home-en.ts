/** What the console's home says, in English. */
import { number } from '../../texts/numbers.ts';

export interface LowItem {
  readonly what: string;
  readonly where: string;
}

export const HOME_EN = {
  title: 'Home',
  attention: 'Needs attention',
  nothing: 'Nothing needs your attention.',
  reportsUnknown: 'Whether reviews or comments were reported cannot be read now.',
  givenUp: (shown: string, count: number) =>
    `${shown} ${count === 1 ? 'delivery was' : 'deliveries were'} given up: mails, or what is asked of the payment provider.`,
  showOutbox: 'Show the outbox',
  reported: {
    reviews: (shown: string, count: number) =>
      `${shown} reported ${count === 1 ? 'review waits' : 'reviews wait'} for a decision.`,
    comments: (shown: string, count: number) =>
      `${shown} reported ${count === 1 ? 'comment waits' : 'comments wait'} for a decision.`,
  },
  moderate: 'Decide',
  unsent: (shown: string, count: number) =>
    `${shown} ${count === 1 ? 'order has' : 'orders have'} waited for more than 3 days to be sent.`,
  showUnsent: 'Show orders to send',
  lowStock: ({ what, where, remaining, total }: LowItem & Record<'remaining' | 'total', number>) =>
    `${what} in ${where} runs out: ${number(remaining)} of ${number(total)} left.`,
  goneWithWaiting: ({ what, where, waiting }: LowItem & { readonly waiting: number }) =>
    `${what} in ${where} is gone, and ${waiting === 1 ? 'one person waits' : `${number(waiting)} people wait`} for it.`,
  showEvent: 'Show the event',
  moreLowStock: 'More items run out.',
  allEvents: 'All events',
  live: 'Live now',
  noneLive: 'No sale is live.',
  ends: (ahead: string) => `Ends ${ahead}`,
  next: 'Opens next',
  noneNext: 'No sale is planned.',
  opens: (ahead: string) => `Opens ${ahead}`,
  draftOpens: (ahead: string) => `Opens ${ahead}, not published`,
  revenue: 'Revenue',
  range: 'Time',
  ranges: {
    week: 'Last 7 days',
    month: 'Last 30 days',
    quarter: 'Last 13 weeks',
    year: 'Last 12 months',
  },
  currency: 'Currency',
  exportRevenue: 'Save as CSV',
  noRevenue: 'Nothing was sold in this time.',
  net: 'Revenue',
  gross: 'Sold',
  refunded: 'Given back',
  orders: 'Orders',
  units: 'Units',
  period: 'Time',
  chartLabel: (period: string, amount: string) =>
    `Revenue over time. Most in ${period}: ${amount}.`,
  revenueMeaning: (timeZone: string) =>
    `Confirmed orders with delivery and tax, when they were confirmed. Given back: refunds, lost disputes, failed captures and cancelled sales, when that happened. Days of the time zone ${timeZone}.`,
};
