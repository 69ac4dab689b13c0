/** The kinds of rows that this Worker works off, each with its handler. */
import type { UserId } from '../contract/ids.ts';
import type { OutboxKind, OutboxPayload } from '../contract/outbox.ts';
import type { MailHandlers } from './mail/handlers.ts';
import type { MailKind } from './mail/messages/message.ts';
import type { PaymentHandlers } from './payments/payment-handlers.ts';
import type { PushHandlers } from './push/handlers.ts';
import { type KindTable, kindsOf, type MailEntry } from './rules/kind.ts';
import type { TryOutcome } from './rules/outcome.ts';
import { RETRY_LATER, RETRY_MONEY, RETRY_SOON, type Retry } from './rules/retry.ts';

/** What a person asked to be erased must not stay for the number of its tries; its age ends it. */
const RETRY_UNTIL_DONE: Retry = { ...RETRY_LATER, triesMax: 1_000 };

export interface Handlers {
  /** Undefined where the shop sends no mail. */
  mails: MailHandlers | undefined;
  pushes: PushHandlers;
  /** See erasure/erase-account.ts. */
  erase(userId: UserId): Promise<TryOutcome>;
  /** See cancelling/cancel-event.ts. */
  cancel(batch: OutboxPayload<'event.cancel'>): Promise<TryOutcome>;
  /** Undefined where no payment provider is configured. */
  payments: PaymentHandlers | undefined;
}

export function createKinds({ mails, pushes, erase, cancel, payments }: Handlers): KindTable {
  return {
    ...(mails && mailKinds(mails)),
    ...(payments && paymentKinds(payments)),
    'push.opens_soon': { channel: 'push', retry: RETRY_SOON, work: pushes['push.opens_soon'] },
    'push.your_turn': { channel: 'push', retry: RETRY_SOON, work: pushes['push.your_turn'] },
    'account.erase': {
      channel: 'own',
      retry: RETRY_UNTIL_DONE,
      work: ({ payload }) => erase(payload.userId),
    },
    'event.cancel': {
      channel: 'own',
      retry: RETRY_MONEY,
      work: ({ payload }) => cancel(payload),
    },
  };
}

/** Those that one of the outbox's objects works off. */
export function kindsOfObject(kinds: KindTable, isOfPayments: boolean): KindTable {
  const channels = isOfPayments ? (['payment'] as const) : (['mail', 'push', 'own'] as const);
  const names = new Set(channels.flatMap((channel) => kindsOf(kinds, channel)));
  return Object.fromEntries(
    Object.entries(kinds).filter(([name]) => names.has(name as OutboxKind)),
  );
}

function mailKinds(mails: MailHandlers): KindTable {
  const mail = <Of extends MailKind>(kind: Of, retry: Retry): MailEntry<Of> => ({
    channel: 'mail',
    retry,
    work: mails[kind],
  });
  return {
    'mail.verify_email': mail('mail.verify_email', RETRY_SOON),
    'mail.change_email': mail('mail.change_email', RETRY_SOON),
    'mail.reset_password': mail('mail.reset_password', RETRY_SOON),
    'mail.email_change_asked': mail('mail.email_change_asked', RETRY_SOON),
    'mail.email_changed': mail('mail.email_changed', RETRY_SOON),
    'mail.password_changed': mail('mail.password_changed', RETRY_SOON),
    'mail.new_device': mail('mail.new_device', RETRY_SOON),
    'mail.order_confirmed': mail('mail.order_confirmed', RETRY_LATER),
    'mail.order_sent': mail('mail.order_sent', RETRY_LATER),
    'mail.refund_made': mail('mail.refund_made', RETRY_LATER),
    'mail.not_charged': mail('mail.not_charged', RETRY_LATER),
    'mail.your_turn': mail('mail.your_turn', RETRY_SOON),
    'mail.event_cancelled': mail('mail.event_cancelled', RETRY_LATER),
    'mail.reminder': mail('mail.reminder', RETRY_SOON),
    'mail.account_deleted': mail('mail.account_deleted', RETRY_LATER),
  };
}

function paymentKinds(payments: PaymentHandlers): KindTable {
  return Object.fromEntries(
    Object.entries(payments).map(([kind, work]) => [
      kind,
      { channel: 'payment', retry: RETRY_MONEY, work },
    ]),
  );
}
