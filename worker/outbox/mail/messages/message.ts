/** What the shop's mails are made of, before they are written in a language and a form. */
import type { OutboxKind } from '../../../contract/outbox.ts';
import type { WhyNotKept } from '../../../stores/postgres/payment-mail-facts.ts';

export type MailKind = Extract<OutboxKind, `mail.${string}`>;

/**
 * What each mail is about. No mail has a name that its receiver or a stranger chose: whoever makes an
 * account with somebody else's address would write to them in the shop's name.
 */
export interface MailFacts {
  'mail.verify_email': Link;
  'mail.change_email': Link;
  'mail.email_change_asked': object;
  'mail.email_changed': object;
  'mail.reset_password': Link;
  'mail.password_changed': object;
  'mail.new_device': NewDevice;
  'mail.order_confirmed': ConfirmedOrder;
  'mail.order_sent': SentOrder;
  'mail.your_turn': OfferedOrder;
  'mail.refund_made': RefundMade;
  'mail.not_charged': NotCharged;
  'mail.event_cancelled': CancelledEvent;
  'mail.reminder': Reminder;
  'mail.account_deleted': object;
}

interface Link {
  /** With its token. */
  link: string;
}

interface NewDevice {
  /** What it called itself, in short; null where that is not known. */
  device: string | null;
  /** In milliseconds since the epoch. */
  atMs: number;
}

interface OrderedItem {
  itemName: string;
  /** Null for an item without variants. */
  variantLabel: string | null;
  eventTitle: string;
  quantity: number;
  unitPriceMinor: number;
  /** ISO 4217. */
  currency: string;
  /** IANA name of the event's zone. */
  timeZone: string;
}

interface ConfirmedOrder extends OrderedItem {
  /** For people, such as `4F7K-9QX2-M3HT`. */
  number: string;
  confirmedAtMs: number;
  /** Of its page. */
  link: string;
}

interface SentOrder extends OrderedItem {
  number: string;
  sentAtMs: number;
  /** Where its way is shown; null where the shop named no such page. */
  trackingUrl: string | null;
  /** Of its page. */
  link: string;
}

interface OfferedOrder extends OrderedItem {
  /** Nobody else can have the units until then. */
  expiresAtMs: number;
  /** Where the offer was drawn: what it is checked by, and the page that does it. */
  draw: { seq: number; head: string; link: string } | null;
  /** Of the event's page, where the offer is taken. */
  link: string;
}

/** Amounts are in minor units of the currency. */
interface PaidOrder
  extends Pick<
    ConfirmedOrder,
    'currency' | 'eventTitle' | 'itemName' | 'link' | 'number' | 'variantLabel'
  > {
  why: WhyNotKept;
}

interface RefundMade extends PaidOrder {
  /** Given back now. */
  refundMinor: number;
  /** What was paid, and how much of it was given back in all. */
  paidMinor: number;
  refundedMinor: number;
}

interface NotCharged extends PaidOrder {
  amountMinor: number;
}

interface CancelledEvent {
  eventTitle: string;
  /** How many orders of theirs end with it. */
  orders: number;
  /** What comes back to them, in minor units by currency; empty where they paid nothing. */
  amounts: readonly { currency: string; amountMinor: number }[];
  /** Of the event's page, or of their orders where they have any. */
  link: string;
}

interface Reminder {
  eventTitle: string;
  opensAtMs: number;
  timeZone: string;
  /** Of the event's page. */
  link: string;
  /** Turns the reminder off. */
  offLink: string;
}

/** Who sends, and where to ask. */
export interface Shop {
  name: string;
  /** Its address, as `https://shop.example`. */
  url: string;
  /** Where answers go. */
  contact: string;
}

/** The parts of a mail, from top to bottom; the same in text and in HTML. */
export type Block =
  | { text: string }
  /** What the mail is for: shown as a button, and the address again as text. */
  | { link: string; label: string }
  /** Names and values. */
  | { facts: Fact[] };

export type Fact = [name: string, value: string];

export interface Draft {
  subject: string;
  blocks: Block[];
}

/** A language's mails. */
export type MailTexts = {
  [Kind in MailKind]: (facts: MailFacts[Kind], shop: Shop) => Draft;
};
