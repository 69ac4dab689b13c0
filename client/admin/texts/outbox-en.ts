/** What the screen of the outbox says, in English. */

import type { Suppression } from '../../../worker/contract/mail-events.ts';
import type { OutboxKind } from '../../../worker/contract/outbox.ts';
import type { OutboxState } from '../../../worker/contract/outbox-list.ts';
import { number, plural } from '../../texts/numbers.ts';
import { outboxErrorEN } from './outbox-errors-en.ts';

export const OUTBOX_EN = {
  title: 'Outbox',
  lead: 'What the shop has to send. Whom it goes to and what it says is not shown here.',
  kind: 'Kind',
  kinds: {
    'mail.verify_email': 'Mail: confirm the address',
    'mail.change_email': 'Mail: confirm a new address',
    'mail.email_change_asked': 'Mail: a change of address was asked for',
    'mail.email_changed': 'Mail: the address was changed',
    'mail.reset_password': 'Mail: choose a new password',
    'mail.password_changed': 'Mail: the password was changed',
    'mail.new_device': 'Mail: signed in on a new device',
    'mail.order_confirmed': 'Mail: order confirmed',
    'mail.order_sent': 'Mail: order sent',
    'mail.refund_made': 'Mail: money was refunded',
    'mail.not_charged': 'Mail: nothing was charged',
    'mail.your_turn': 'Mail: your turn',
    'mail.event_cancelled': 'Mail: the event was cancelled',
    'mail.reminder': 'Mail: a sale opens soon',
    'mail.account_deleted': 'Mail: the account is deleted',
    'push.opens_soon': 'Notification: a sale opens soon',
    'push.your_turn': 'Notification: your turn',
    'payment.capture': 'Payment: take the money',
    'payment.release': 'Payment: let it go',
    'payment.refund': 'Payment: give money back',
    'payment.look': 'Payment: ask how it stands',
    'event.cancel': 'Cancel an event: the next batch',
    'account.erase': 'Erase a deleted account',
  } satisfies Record<OutboxKind, string>,
  state: 'State',
  states: {
    waiting: 'Waiting',
    done: 'Done',
    dropped: 'Dropped',
    given_up: 'Given up',
  } satisfies Record<OutboxState, string>,
  givenUp: (count: number, { isMore }: { isMore: boolean }) =>
    isMore
      ? `More than ${number(count)} were given up.`
      : plural(count, 'was given up', 'were given up'),
  empty: 'Nothing here.',
  errorWords: outboxErrorEN,
  due: (time: string) => `next try ${time}`,
  ended: (time: string) => `ended ${time}`,
  retry: 'Send again',
  retried: (kind: string) => `${kind}: it is tried again now.`,
  suppressed: {
    bounced: 'Mail comes back',
    complained: 'Complained about mail',
  } satisfies Record<Suppression, string>,
  allowMail: 'Allow mail again',
  allowMailAsk: (whom: string) => `Allow mail to ${whom} again?`,
  allowMailBody:
    'Mail to the address came back for good, or its owner reported it as unwanted; then allow it only if they ask for it. If the mail provider has a list of its own, take the address off it first. What was not sent meanwhile is not made up for.',
  allowedMail: 'Mail is sent there again.',
};
