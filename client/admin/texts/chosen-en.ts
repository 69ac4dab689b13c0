/** What is said where one thing is done with several orders, in English. */
import { number, plural } from '../../texts/numbers.ts';

const orders = (count: number) => plural(count, 'order', 'orders');

export const CHOSEN_EN = {
  choose: (orderNumber: string) => `Choose order ${orderNumber}`,
  all: (count: number) => `All ${number(count)} on this page`,
  count: (count: number) => `${orders(count)} chosen`,
  full: (max: number) => `No more than ${number(max)} at once.`,
  none: 'Choose none',
  region: 'With the chosen orders',
  send: 'Mark as sent…',
  backToList: 'Back to the list',

  slips: 'Packing slips',
  slipsTitle: (count: number) => plural(count, 'packing slip', 'packing slips'),
  slipsLoading: 'Packing slips',
  slipsHint: 'One on each page of paper, in the language of each customer.',
  slipsMissing: (count: number) =>
    `${orders(count)} ${count === 1 ? 'has' : 'have'} nothing to be packed, so there is no slip.`,
  withPrices: 'With prices',
  withPricesHint: 'Without them a parcel can be a present.',
  print: 'Print',

  sendTitle: (count: number) => `Mark ${orders(count)} as sent`,
  sendHint: 'Each customer is told by mail. A link is shown to them, too; it may be left empty.',
  linkOf: (orderNumber: string, name: string) => `Link for ${orderNumber} (${name})`,
  pasteTitle: 'Paste many links',
  paste: 'Lines of number and link, or of links alone',
  pasteHint:
    'In each line an order’s number, a tab or a comma, and its link. Or a link alone in each line, for all orders in the order in which they stand below.',
  take: 'Fill in',
  taken: (count: number) => `${plural(count, 'link', 'links')} filled in.`,
  left: (count: number) => `${plural(count, 'line was', 'lines were')} not taken:`,
  moreLeft: (count: number) => `And ${plural(count, 'more line', 'more lines')}.`,
  faults: {
    unread: 'no tab and no comma',
    not_chosen: 'names none of the chosen orders',
    no_link: 'has no link with http or https',
    twice: 'its order has a link from a line before',
    too_many: 'too many lines at once',
    miscounted: 'has no number, and there are not as many links as orders',
  },
  action: 'Mark as sent',
  sending: 'Marking…',

  resultTitle: (count: number, of: number) =>
    `${number(count)} of ${orders(of)} ${count === 1 ? 'is' : 'are'} marked as sent`,
  sent: 'Marked as sent.',
  sentBefore: 'Was marked before.',
  sentBeforeLink: 'Was marked before. The link is saved.',
  gone: 'There is no such order any more.',
};
