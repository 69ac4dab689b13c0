/** What the page of one order says, in English. */

import { number, plural } from '../../texts/numbers.ts';
import { DISPUTES_EN } from './disputes-en.ts';

const units = (count: number) => plural(count, 'unit', 'units');

export const ORDER_EN = {
  title: (orderNumber: string) => `Order ${orderNumber}`,
  untitled: 'An order',
  all: 'All orders',
  back: 'Back to the list',
  item: 'Item',
  unitsReturned: (count: number, returned: number) =>
    `${number(count)}, of which ${number(returned)} went back`,
  inOutbox: 'In the outbox',
  track: 'Follow it on its way',

  // Sentences of what happened. `who` is a name, or one of the words below.
  story: {
    title: 'What happened',
    who: {
      customer: 'the customer',
      admin: 'an admin',
      provider: 'the payment provider',
      shop: 'the shop',
    },
    reserved: (who: string) => `Reserved by ${who}`,
    offered: 'Held as an offer from the queue',
    confirmed: (who: string) => `Confirmed by ${who}`,
    confirmedPaid: 'Confirmed by the payment',
    cancelled: (who: string) => `Given back by ${who}`,
    expired: 'The time ran out, so the units went back on sale',
    authorised: (amount: string) => `Payment of ${amount} approved by the bank`,
    captured: (amount: string) => `Paid: ${amount}`,
    released: (amount: string) => `Payment of ${amount} ended with nothing charged`,
    failed: (amount: string) => `${amount} could not be charged`,
    ends: {
      cancelled: 'It was given up.',
      capture_failed: 'The bank did not pay.',
      expired: 'The time to pay ran out.',
      lapsed: 'The bank’s approval ran out before it was charged.',
      refunded: 'It was to be refunded before it was charged.',
    },
    decided: (amount: string, who: string) => `Refund of ${amount} decided by ${who}`,
    restock: (count: number) => `Of its units, ${number(count)} to go back on sale.`,
    reasons: {
      made_at_provider: 'It was done on the payment provider’s own pages.',
      order_not_kept: 'The payment came when the order was over.',
      event_cancelled: 'The event was cancelled.',
    },
    refunded: (amount: string) => `${amount} refunded`,
    refundFailed: (amount: string) => `${amount} could not be refunded`,
    disputed: (amount: string) => `The customer disputes ${amount} at their bank`,
    dispute_won: (amount: string) => `The dispute of ${amount} is won`,
    dispute_lost: (amount: string) => `The dispute of ${amount} is lost`,
    dispute_closed: (amount: string) => `The dispute of ${amount} ended with nothing taken`,
    mailed: 'Confirmation sent by mail',
    /** By which mail it is. */
    mails: {
      order_sent: 'Mail about the sending sent',
      refund_made: 'Mail about the refund sent',
      not_charged: 'Mail sent that nothing was charged',
      event_cancelled: 'Mail about the cancelled event sent',
    },
    mailAgain: (who: string) => `${who} had the confirmation sent again`,
    mailSentAgain: (who: string) => `${who} had the mail about the sending sent again`,
    addressCorrected: (who: string) => `Delivery address corrected by ${who}`,
    sent: (who: string) => `Marked as sent by ${who}`,
    sentTakenBack: (who: string) => `Marked as not sent after all by ${who}`,
    eventCancelled: (who: string) => `Event cancelled by ${who}`,
  },

  dispute: DISPUTES_EN,

  packing: { slip: 'Packing slip', back: 'Back to the order' },

  sending: {
    noAddress: 'No delivery address is asked for in this sale.',
    markHint: 'The customer is told by mail.',
    link: 'Link to follow it on its way',
    linkHint: 'A page of whoever carries it, with http or https. May be left empty.',
    mark: 'Mark as sent',
    save: 'Save link',
    marked: 'Marked as sent.',
    saved: 'The link is saved.',
    takeBack: 'Not sent after all',
    takeBackAsk: 'Take back that this order was sent?',
    takeBackBody: 'Its link goes, too. The order waits to be sent again.',
    tookBack: 'The order waits to be sent again.',
  },

  note: {
    title: 'Note',
    hint: 'Only admins see it here. As it tells of a person, its customer has it in the download of their own data.',
    field: 'What other admins should know of it',
    write: 'Write a note',
    edit: 'Change the note',
    save: 'Save the note',
    saved: 'The note is saved.',
    removed: 'There is no note any more.',
    discard: 'Leave it as it is',
  },

  exportedUnsent: 'Orders to be sent were exported',

  mail: {
    audit: 'A mail about an order was sent again',
    title: 'Mails',
    kinds: {
      order_confirmed: 'Send the confirmation again',
      order_sent: 'Send the mail about the sending again',
    },
    ask: (address: string) => `Send it again to ${address}?`,
    body: 'It says what it would say now. It may be sent a few times an hour.',
    done: 'The mail will be sent soon.',
    suppressed:
      'Our mails to this address come back. The list of customers says why, and can allow them again.',
    tooMany:
      'Enough mails about this order were sent within the last hour. Please try again later.',
  },

  refund: {
    title: 'Refund',
    goTo: 'Go to refund',
    left: (left: string, total: string) => `Of ${total}, ${left} can be refunded.`,
    how: 'How much',
    whole: 'All that is left',
    wholeHint: (left: string) => `That is ${left}.`,
    byUnits: 'The price of units',
    byUnitsHint: (price: string) => `${price} for each, as far as it is left.`,
    byAmount: 'Another amount',
    byAmountHint: 'Any amount up to what is left.',
    byUnitsWithout: (delivery: string) =>
      `The delivery of ${delivery} is not in it: refund that as another amount.`,
    paidUnits: 'Units whose price goes back to the customer',
    amount: (currency: string) => `Amount in ${currency}`,
    restock: 'Units that go back on sale',
    restockNone: 'None',
    restockSent: 'The order was sent: choose only units that came back and can be sold again.',
    reason: 'Reason',
    reasonHint: 'Required. Admins read it below and in the audit log.',

    // The consequence, in two sentences.
    goes: (amount: string, total: string, name: string) =>
      `Of ${total}, ${amount} will go back to ${name}.`,
    notCharged: (amount: string, name: string) =>
      `The payment of ${amount} is not charged to ${name}.`,
    returns: (count: number, of: number) =>
      `${count === of ? units(count) : `${number(count)} of ${units(of)}`} ${count === 1 ? 'goes' : 'go'} back on sale: who waits in the queue gets first choice. After the end of the sale nothing more is sold.`,
    returnsNone: 'No unit goes back on sale.',

    action: 'Refund…',
    ask: (amount: string) => `Refund ${amount}?`,
    confirm: (amount: string) => `Refund ${amount}`,
    sending: 'Refunding…',
    done: (amount: string) => `${amount} will be on its way back soon.`,
    another: 'Make another refund',
    again: 'Nobody knows yet whether it was done. Try the same again: it is not done twice.',
    doneBefore:
      'What you sent before has gone through after all, so this was not done. See what happened below before you go on.',
  },
};
