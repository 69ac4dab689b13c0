/** What each mail may be about, for tests and for `npm run mail:preview`. */
import type { MailFacts, Shop } from './message.ts';

const TOKEN = `${'aB3_-xyZ'.repeat(3).slice(0, 22)}.${'k9Q-w_7'.repeat(7).slice(0, 43)}`;
const URL = 'https://shop.example';

export const SAMPLE_SHOP: Shop = { name: 'Lamp Shop', url: URL, contact: 'help@shop.example' };

const PAID_ORDER = {
  number: '4F7K-9QX2-M3HT',
  itemName: 'Desk lamp “Aurora”',
  variantLabel: 'Brass',
  eventTitle: 'Friday’s lamps: the last of this year',
  currency: 'EUR',
  link: `${URL}/orders/ord_4f7k9qx2m3ht_01jb4f7k9qx2m3htab`,
} as const;

export const SAMPLE_FACTS: MailFacts = {
  'mail.verify_email': { link: `${URL}/verify?token=${TOKEN}` },
  'mail.change_email': { link: `${URL}/verify?token=${TOKEN}` },
  'mail.email_change_asked': {},
  'mail.email_changed': {},
  'mail.reset_password': { link: `${URL}/reset?token=${TOKEN}` },
  'mail.password_changed': {},
  'mail.new_device': { device: 'Firefox on Linux', atMs: Date.UTC(2026, 10, 29, 17, 4) },
  'mail.order_confirmed': {
    number: '4F7K-9QX2-M3HT',
    itemName: 'Desk lamp “Aurora”',
    variantLabel: 'Brass',
    eventTitle: 'Friday’s lamps: the last of this year',
    quantity: 2,
    unitPriceMinor: 12_990,
    currency: 'EUR',
    confirmedAtMs: Date.UTC(2026, 10, 27, 17, 0),
    timeZone: 'Europe/Berlin',
    link: `${URL}/orders/ord_4f7k9qx2m3ht_01jb4f7k9qx2m3htab`,
  },
  'mail.your_turn': {
    itemName: 'Desk lamp “Aurora”',
    variantLabel: 'Brass',
    eventTitle: 'Friday’s lamps: the last of this year',
    quantity: 1,
    unitPriceMinor: 12_990,
    currency: 'EUR',
    expiresAtMs: Date.UTC(2026, 10, 27, 17, 10),
    timeZone: 'Europe/Berlin',
    link: `${URL}/events/evt_4f7k9qx2m3ht`,
    draw: {
      seq: 343,
      head: '5f'.repeat(32),
      link: `${URL}/events/evt_4f7k9qx2m3ht/draw`,
    },
  },
  'mail.order_sent': {
    ...PAID_ORDER,
    quantity: 2,
    unitPriceMinor: 12_990,
    sentAtMs: Date.UTC(2026, 10, 28, 9, 30),
    timeZone: 'Europe/Berlin',
    trackingUrl: 'https://parcels.example/track/00340434161094042557',
  },
  'mail.event_cancelled': {
    eventTitle: PAID_ORDER.eventTitle,
    orders: 2,
    amounts: [{ currency: 'EUR', amountMinor: 38_970 }],
    link: `${URL}/orders`,
  },
  'mail.refund_made': {
    ...PAID_ORDER,
    why: 'refunded',
    refundMinor: 12_990,
    paidMinor: 25_980,
    refundedMinor: 12_990,
  },
  'mail.not_charged': { ...PAID_ORDER, why: 'expired', amountMinor: 25_980 },
  'mail.reminder': {
    eventTitle: 'Friday’s lamps: the last of this year',
    opensAtMs: Date.UTC(2026, 10, 27, 17, 0),
    timeZone: 'Europe/Berlin',
    link: `${URL}/events/evt_4f7k9qx2m3ht`,
    offLink: `${URL}/reminders/off?token=${TOKEN}`,
  },
  'mail.account_deleted': {},
};
