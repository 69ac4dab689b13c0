/** What the list of orders says, in German. */
import { number, plural } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const ORDERS_DE: AdminTexts['orders'] = {
  title: 'Bestellungen',
  search: 'Nummer, Name, Adresse oder Artikel',
  searched: 'Suche',
  ofEvent: 'Event',
  anyEvent: 'Jedes Event',
  status: 'Zustand',
  payment: 'Zahlung',
  delivery: 'Versand',
  deliveries: { to_send: 'Zu verschicken', sent: 'Verschickt' },
  everyone: 'Bestellungen von allen',
  by: (name) => `Bestellungen von ${name}`,
  counts: ({ confirmed, pending, cancelled, expired }) =>
    `${number(confirmed)} bestätigt, ${number(pending)} reserviert, ${number(cancelled)} storniert, ${number(expired)} abgelaufen`,
  exportUnsent: 'Adressen zu verschickender Bestellungen aller Events herunterladen (CSV)',
  exportUnsentOfEvent: 'Adressen zu verschickender Bestellungen dieses Events herunterladen (CSV)',
  exportUnsentHint:
    'Suche und Filter ändern nichts an der Datei mit Adressen, außer dem Filter „Event“.',
  unsentInFile: (count) => `Die Datei enthält ${plural(count, 'Bestellung', 'Bestellungen')}.`,
  none: 'Es gibt noch keine Bestellungen.',
  noneMatch: (filters) => `Keine Bestellung passt dazu. Gesetzt sind: ${filters}.`,
  clear: 'Alle Filter aufheben',
  sent: (time) => `Verschickt ${time}`,
  reserved: (time) => `Reserviert ${time}`,
  until: (time) => `Gehalten bis ${time}`,
  ended: {
    confirmed: (time) => `Gekauft ${time}`,
    cancelled: (time) => `Freigegeben ${time}`,
    expired: (time) => `Abgelaufen ${time}`,
  },
  link: 'Bestellungen',
};
