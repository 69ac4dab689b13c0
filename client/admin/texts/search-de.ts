/** What the console's search says, in German. */
import { number } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const SEARCH_DE: AdminTexts['finding'] = {
  label: 'Im Shop suchen',
  placeholder: 'Bestellung, Name, Event, Artikel',
  hint: 'Gib einen Teil eines Namens, einer E-Mail-Adresse oder einer Bestellnummer ein.',
  tooShort: 'Gib mindestens zwei Buchstaben oder Ziffern ein.',
  searching: 'Suche läuft …',
  nothing: (text) => `Kein Name enthält „${text}“.`,
  results: 'Suchergebnisse',
  count: (count) => (count === 1 ? 'Ein Treffer' : `${number(count)} Treffer`),
  groups: { orders: 'Bestellungen', customers: 'Kundschaft', events: 'Events', items: 'Artikel' },
  all: {
    orders: 'Alle Bestellungen durchsuchen',
    customers: 'Die ganze Kundschaft durchsuchen',
    events: 'Alle Events durchsuchen',
    items: 'Alle Artikel durchsuchen',
  },
  ofCustomer: (name) => `von ${name}`,
};
