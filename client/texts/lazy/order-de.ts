/** The words of one's own order, in German. Must hold texts only. */
import type { Worded } from '../texts.ts';
import type { ORDER_EN } from './order-en.ts';

export const ORDER_DE: Worded<typeof ORDER_EN> = {
  title: 'Deine Bestellung',
  number: 'Bestellnummer',
  copy: 'Nummer kopieren',
  copied: 'Kopiert.',
  notCopied: 'Dein Browser erlaubt das nicht. Markiere die Nummer stattdessen.',
  unitPrice: 'Einzelpreis',
  total: 'Summe',
  reserved: 'Reserviert',
  ended: {
    pending: 'Reserviert bis',
    confirmed: 'Bestätigt',
    cancelled: 'Freigegeben',
    expired: 'Abgelaufen',
  },
  sent: 'Verschickt am',
  parcel: 'Sendung',
  track: 'Sendung verfolgen',
  questions: 'Fragen?',
  askByMail:
    'Antworte auf die E-Mail, die diese Bestellung bestätigt hat. Oder frag in der Diskussion des Drops, aber lass dort die Nummer weg.',
  askHere: 'Frag in der Diskussion des Drops, aber lass die Bestellnummer dort weg.',
  toEvent: 'Zum Drop und seiner Diskussion',
  print: 'Drucken',
  missing: 'In diesem Konto gibt es keine solche Bestellung.',
};
