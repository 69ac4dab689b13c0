/** The mails in English. */
import type { WhyNotKept } from '../../../stores/postgres/payment-mail-facts.ts';
import { costFacts } from './cost-facts.ts';
import { drawnOffer } from './drawn-offer.ts';
import { eventCancelled } from './event-cancelled.ts';
import type { Fact, MailTexts } from './message.ts';
import { dayAndTime, itemTitle, money, oneLine } from './values.ts';

/** What became of the order that the money was for. */
const WHY: Record<WhyNotKept, string> = {
  cancelled: 'The order was cancelled, so you do not pay for it.',
  expired:
    'The time for which the unit was reserved ran out before the payment was complete, and it could not be kept for you any longer. So you do not pay for it.',
  failed:
    'Your bank approved the payment, and then it could not be completed. The order is not carried out.',
  paid_twice:
    'This order is paid already, and stays as it is. You do not pay for it a second time.',
  refunded: 'The order was refunded in full before anything was taken.',
  unusable: 'We could not use this payment.',
};

const NOT_YOU_NOTHING = 'If this was not you, you do not have to do anything.';

export const en: MailTexts = {
  'mail.verify_email': ({ link }, { name }) => ({
    subject: 'Confirm your e-mail address',
    blocks: [
      { text: `An account at ${name} has this e-mail address. Please confirm that it is yours.` },
      { link, label: 'Confirm the address' },
      { text: 'The link works once, and for 24 hours.' },
      { text: `${NOT_YOU_NOTHING} The address stays unconfirmed.` },
    ],
  }),
  'mail.change_email': ({ link }, { name }) => ({
    subject: 'Confirm your new e-mail address',
    blocks: [
      {
        text: `You want to use this e-mail address for your account at ${name}. Your account keeps its present address until you confirm this one.`,
      },
      { link, label: 'Use this address' },
      { text: 'The link works once, and for 24 hours.' },
      { text: `${NOT_YOU_NOTHING} The address is not used.` },
    ],
  }),
  'mail.email_change_asked': (_facts, { name, url }) => ({
    subject: 'Your e-mail address is about to change',
    blocks: [
      {
        text: `Somebody who knows your password wants another e-mail address for your account at ${name}. We have sent a link to that address. Your address changes when the new one is confirmed by that link, within 24 hours.`,
      },
      { text: 'If this was you, you do not have to do anything here.' },
      {
        text: 'If this was not you, choose a new password now. Then the link does nothing any more.',
      },
      { link: `${url}/forgotten`, label: 'Choose a new password' },
    ],
  }),
  'mail.email_changed': (_facts, { name, contact }) => ({
    subject: 'Your e-mail address was changed',
    blocks: [
      {
        text: `Your account at ${name} has another e-mail address now. This is the last mail about it to this one.`,
      },
      { text: 'If this was you, you do not have to do anything.' },
      { text: `If this was not you, write to us at once: ${contact}` },
    ],
  }),
  'mail.reset_password': ({ link }, { name }) => ({
    subject: 'Choose a new password',
    blocks: [
      { text: `Somebody asked for a new password for your account at ${name}.` },
      { link, label: 'Choose a new password' },
      { text: 'The link works once, and for 30 minutes. A new password signs out all devices.' },
      { text: `${NOT_YOU_NOTHING} Your password stays as it is.` },
    ],
  }),
  'mail.password_changed': (_facts, { name, url }) => ({
    subject: 'Your password was changed',
    blocks: [
      {
        text: `Your account at ${name} has a new password. Other devices have to sign in again.`,
      },
      { text: 'If this was you, you do not have to do anything.' },
      { text: 'If this was not you, choose a new password now.' },
      { link: `${url}/forgotten`, label: 'Choose a new password' },
    ],
  }),
  'mail.new_device': ({ device, atMs }, { name, url }) => ({
    subject: 'A new device has signed in',
    blocks: [
      { text: `A device that we did not know has signed in to your account at ${name}.` },
      {
        facts: [
          ['Device', device === null ? 'unknown' : oneLine(device)],
          ['Time', dayAndTime(atMs, 'UTC', 'en')],
        ],
      },
      { text: 'If this was you, you do not have to do anything.' },
      {
        text: 'If this was not you, choose a new password now. Then that device is signed out.',
      },
      { link: `${url}/forgotten`, label: 'Choose a new password' },
    ],
  }),
  'mail.order_confirmed': (order, { contact }) => ({
    subject: `Your order ${order.number} is confirmed`,
    blocks: [
      { text: 'Thank you. Your order is confirmed.' },
      {
        facts: [
          ['Order number', order.number],
          ['Item', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Sale', oneLine(order.eventTitle)],
          ['Quantity', String(order.quantity)],
          ['Price of one', money(order.unitPriceMinor, order.currency, 'en')],
          ...costFacts(order, 'en'),
          ['Confirmed', dayAndTime(order.confirmedAtMs, order.timeZone, 'en')],
        ],
      },
      { link: order.link, label: 'Show the order' },
      { text: `Questions? Write to ${contact} and name the order number.` },
    ],
  }),
  'mail.order_sent': (order, { contact }) => ({
    subject: `Your order ${order.number} was sent`,
    blocks: [
      { text: 'Your order is on its way.' },
      {
        facts: [
          ['Order number', order.number],
          ['Item', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Sale', oneLine(order.eventTitle)],
          ['Quantity', String(order.quantity)],
          ['Sent', dayAndTime(order.sentAtMs, order.timeZone, 'en')],
        ],
      },
      ...(order.trackingUrl === null
        ? []
        : [{ link: order.trackingUrl, label: 'See where it is' }]),
      { link: order.link, label: 'Show the order' },
      { text: `Questions? Write to ${contact} and name the order number.` },
    ],
  }),
  'mail.your_turn': (offer) => ({
    subject: `It is your turn: ${oneLine(itemTitle(offer.itemName, offer.variantLabel))}`,
    blocks: [
      {
        text: 'You waited in the queue, and now it is your turn. This is reserved for you until the time below:',
      },
      {
        facts: [
          ['Reserved until', dayAndTime(offer.expiresAtMs, offer.timeZone, 'en')],
          ['Item', oneLine(itemTitle(offer.itemName, offer.variantLabel))],
          ['Sale', oneLine(offer.eventTitle)],
          ['Quantity', String(offer.quantity)],
          ['Price of one', money(offer.unitPriceMinor, offer.currency, 'en')],
        ],
      },
      { link: offer.link, label: 'Confirm the purchase' },
      { text: 'If you do nothing, it goes to the next in the queue at that time.' },
      ...drawnOffer(offer.draw, 'en'),
    ],
  }),
  'mail.refund_made': ({ refundMinor, paidMinor, refundedMinor, ...order }, { contact }) => ({
    subject: `Refund for your order ${order.number}`,
    blocks: [
      ...(order.why === 'refunded' ? [] : [{ text: WHY[order.why] }]),
      {
        text:
          refundMinor === paidMinor
            ? 'We sent you back all that you paid.'
            : 'We sent you back a part of what you paid.',
      },
      {
        facts: [
          ['Sent back', money(refundMinor, order.currency, 'en')],
          ['Paid', money(paidMinor, order.currency, 'en')],
          ...(refundedMinor === refundMinor
            ? []
            : [['Sent back in all', money(refundedMinor, order.currency, 'en')] as Fact]),
          ['Order number', order.number],
          ['Item', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Sale', oneLine(order.eventTitle)],
        ],
      },
      {
        text: 'It goes back to the card or account that you paid with. Banks usually need 5 to 10 working days until they show it. You do not have to do anything.',
      },
      { link: order.link, label: 'Show the order' },
      { text: `Questions? Write to ${contact} and name the order number.` },
    ],
  }),
  'mail.not_charged': ({ amountMinor, ...order }, { contact }) => ({
    subject: `You were not charged: order ${order.number}`,
    blocks: [
      { text: WHY[order.why] },
      {
        facts: [
          ['Not charged', money(amountMinor, order.currency, 'en')],
          ['Order number', order.number],
          ['Item', oneLine(itemTitle(order.itemName, order.variantLabel))],
          ['Sale', oneLine(order.eventTitle)],
        ],
      },
      {
        text: 'If your bank shows a reserved amount, it goes away by itself, usually within a few days. You do not have to do anything.',
      },
      { link: order.link, label: 'Show the order' },
      { text: `Questions? Write to ${contact} and name the order number.` },
    ],
  }),
  'mail.event_cancelled': eventCancelled.en,
  'mail.reminder': ({ eventTitle, opensAtMs, timeZone, link, offLink }) => ({
    subject: `Opens soon: ${oneLine(eventTitle)}`,
    blocks: [
      { text: 'A sale that you wanted to be reminded of opens soon.' },
      {
        facts: [
          ['Sale', oneLine(eventTitle)],
          ['Opens', dayAndTime(opensAtMs, timeZone, 'en')],
        ],
      },
      { link, label: 'Go to the sale' },
      { text: 'You asked for this mail on the page of the sale. To turn the reminder off:' },
      { link: offLink, label: 'Turn the reminder off' },
    ],
  }),
  'mail.account_deleted': (_facts, { name, contact }) => ({
    subject: 'Your account was deleted',
    blocks: [
      {
        text: `Your account at ${name} was deleted, as its owner asked. Orders stay stored without your name and your e-mail address.`,
      },
      { text: `If this was not you, write to us: ${contact}` },
    ],
  }),
};
