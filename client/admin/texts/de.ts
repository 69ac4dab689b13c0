/** Every word of the admin's screens, in German. Must hold texts only. */

import { number, percent } from '../../texts/numbers.ts';
import { AUDIT_DE } from './audit-de.ts';
import { CANCELLING_DE } from './cancelling-de.ts';
import { CHANGED_DE } from './changed-de.ts';
import { CHOSEN_DE } from './chosen-de.ts';
import { COMMITS_DE } from './commits-de.ts';
import { CONDITIONS_DE } from './conditions-de.ts';
import { CUSTOMERS_DE } from './customers-de.ts';
import { DELIVERY_DE } from './delivery-de.ts';
import { FACE_DE } from './face-de.ts';
import { HOME_DE } from './home-de.ts';
import { LEGAL_DE } from './legal-de.ts';
import { LIFECYCLE_DE } from './lifecycle-de.ts';
import { LISTS_DE } from './lists-de.ts';
import { MODERATION_DE } from './moderation-de.ts';
import { ORDER_DE } from './order-de.ts';
import { ORDERS_DE } from './orders-de.ts';
import { OUTBOX_DE } from './outbox-de.ts';
import { PAYMENTS_DE } from './payments-de.ts';
import { PICTURES_DE } from './pictures-de.ts';
import { QUEUE_DE } from './queue-de.ts';
import { REFUSALS_DE } from './refusals-de.ts';
import { SEARCH_DE } from './search-de.ts';
import type { AdminTexts } from './texts.ts';
import { TRANSLATIONS_DE } from './translations-de.ts';
import { VARIANTS_DE } from './variants-de.ts';

export const ADMIN_DE: AdminTexts = {
  title: 'Verwaltung',
  navigation: 'Verwaltung',
  sections: {
    events: 'Events',
    catalogue: 'Katalog',
    customers: 'Kundschaft',
    audit: 'Protokoll',
  },
  notAdminTitle: 'Nur für Admins',
  notAdminBody: 'Du bist angemeldet, aber dein Konto verwaltet den Shop nicht.',
  notAdminAction: 'Zurück zum Shop',
  search: 'Suchen',
  all: 'Alle',
  noneSoFar: 'Noch nichts gefunden. Es ist noch nicht alles durchsucht.',
  edit: 'Bearbeiten',
  save: 'Speichern',
  saving: 'Wird gespeichert …',
  done: {
    eventSaved: 'Das Event ist gespeichert.',
    itemSaved: 'Der Artikel ist gespeichert.',
    legalSaved: 'Der Text ist gespeichert.',
    legalDeleted: 'Der Text ist gelöscht.',
  },
  back: { events: 'Alle Events', event: 'Zum Event', catalogue: 'Zum Katalog' },
  no: 'Zurück',
  number,
  percent,

  changed: CHANGED_DE,
  payments: PAYMENTS_DE,

  newEvent: 'Neues Event',
  eventsEmpty: 'Es gibt noch kein Event.',
  eventsNoneMatch: 'Kein Event passt dazu.',
  searchEvents: 'Nach Titel suchen',
  statusFilter: 'Status',
  draft: 'Entwurf',

  editEvent: 'Event bearbeiten',
  notLocked: 'Dieses Event läuft schon oder ist vorbei und lässt sich nicht mehr bearbeiten.',
  eventTitle: 'Titel',
  description: 'Beschreibung',
  currency: 'Währung',
  startsAt: 'Start',
  endsAt: 'Ende',
  timeZone: 'Zeitzone',
  timeZoneHint: 'Beide Zeiten gelten, wie Uhren dort sie zeigen.',
  ...CONDITIONS_DE,
  ...DELIVERY_DE,
  itemsTitle: 'Artikel im Verkauf',
  pickItem: 'Artikel aus dem Katalog hinzufügen',
  pickNothing: 'Artikel wählen …',
  pickEmpty: 'Mehr gibt der Katalog nicht her.',
  pickNew: 'Noch nicht da? Was hier steht, bleibt stehen, während du ihn anlegst:',
  pickMore: 'Artikel nach Namen suchen',
  price: (currency) => `Preis in ${currency}`,
  stock: 'Stückzahl',
  limit: 'Höchstens pro Person',
  removeItem: (name) => `${name} entfernen`,
  remove: 'Entfernen',

  openNow: 'Jetzt öffnen',
  openAsk: 'Dieses Event jetzt öffnen?',
  openBody:
    'Ab sofort sehen es alle und können kaufen, bis zum geplanten Ende oder bis du es schließt.',
  closeNow: 'Jetzt schließen',
  closeAsk: 'Dieses Event jetzt schließen?',
  closeBody:
    'Ab sofort kann niemand mehr reservieren. Was schon reserviert ist, kann bestätigt werden, bis die Reservierung endet. Bis zum geplanten Ende kannst du das Event wieder öffnen.',
  openedByHand: (time) => `Von Hand geöffnet: ${time}`,
  closedByHand: (time) => `Von Hand geschlossen: ${time}`,
  inZone: (start, end, zone) =>
    `Geplant: ${start} bis ${end}${end.endsWith(zone) ? '' : `, ${zone}`}`,
  onOwnClock: (start, end) => `Auf deiner Uhr ${start} bis ${end}`,
  shopPage: 'Im Shop ansehen',
  exportCsv: 'Bestellungen herunterladen (CSV)',
  exporting: 'Wird vorbereitet …',
  figures: {
    revenue: 'Umsatz mit Artikeln',
    revenueCounts:
      'Der Umsatz zählt Artikel, die verkauft und nicht zurückgegeben wurden. Er zählt keinen Versand, keine Steuer, die hinzukommt, und keine Erstattung ohne Rückgabe.',
    sold: 'Verkauft',
    held: 'Reserviert',
    left: 'Übrig',
    through: 'Abverkauf',
    orders: 'Bestätigte Bestellungen',
  },
  unitsTitle: 'Stückzahlen nach Artikel',
  newTotalShort: 'Neue Gesamtzahl',
  newTotal: (name) => `Neue Gesamtzahl für ${name}`,
  setTotal: 'Setzen',
  unitsNow: ({ remaining, total, sold, held }) =>
    `${number(remaining)} von ${number(total)} übrig: ${number(sold)} verkauft, ${number(held)} reserviert.`,
  totalSet: (name, total) => `Von ${name} gibt es jetzt insgesamt ${number(total)} Stück.`,
  chartTitle: 'Verkauf im Zeitverlauf',
  chartEmpty: 'Noch ist nichts verkauft. Die Linie beginnt, wenn der Verkauf öffnet.',
  chartLabel: (units, from, to) =>
    `Verkaufte Stücke von ${from} bis ${to}: insgesamt ${number(units)}.`,
  chartTable: 'Als Tabelle',
  chartColumns: {
    until: 'Bis',
    units: 'Stück',
    cumulative: 'Stück insgesamt',
    revenue: 'Umsatz insgesamt',
  },
  unitsAxis: 'Verkaufte Stücke',
  refusals: REFUSALS_DE,

  newItem: 'Neuer Artikel',
  editItem: 'Artikel bearbeiten',
  searchItems: 'Nach Namen suchen',
  catalogueEmpty: 'Der Katalog ist leer.',
  itemsNoneMatch: 'Kein Artikel passt dazu.',
  itemName: 'Name',
  category: 'Kategorie',
  createItem: 'Artikel anlegen',
  deleteItem: 'Löschen',
  deleteAsk: (name) => `${name} löschen?`,
  deleteBody:
    'Er ist dann mit Bildern und Varianten endgültig weg. Nur ein Artikel, der zu keinem Event gehört, lässt sich löschen.',

  ...CUSTOMERS_DE,
  actionFor: (action, name) => `${action}: ${name}`,

  audit: AUDIT_DE,

  faults: {
    required: 'Bitte fülle das aus.',
    charsMin: (min) => `Nimm mindestens ${number(min)} Zeichen.`,
    charsMax: (max) => `Nimm höchstens ${number(max)} Zeichen.`,
    valueMin: (min) => `Nimm ${number(min)} oder mehr.`,
    valueMax: (max) => `Nimm ${number(max)} oder weniger.`,
    itemsMin: 'Füge mindestens einen Artikel hinzu.',
    itemsMax: (max) => `Nimm höchstens ${number(max)} Artikel.`,
    itemTwice: 'Jeder Artikel darf nur einmal vorkommen.',
    itemGone: 'Diesen Artikel gibt es im Katalog nicht mehr.',
    variantTwice: 'Jede Variante braucht einen eigenen Namen.',
    variantGone: 'Diese Variante hat der Artikel nicht mehr.',
    variantsMin: 'Gib mindestens einer Variante eine Stückzahl.',
    variantsMax: (max) => `Nimm insgesamt höchstens ${number(max)} Varianten.`,
    amount: 'Das muss ein Betrag sein, mit höchstens so vielen Nachkommastellen wie die Währung.',
    digitsMax: (max) => `Nimm höchstens ${number(max)} Ziffern vor den Nachkommastellen.`,
    priceMax: (amount) => `Nimm ${amount} oder weniger.`,
    saleMax: (amount) => `Alle Stücke zusammen dürfen nicht mehr als ${amount} wert sein.`,
    whole: 'Das muss eine ganze Zahl sein.',
    time: 'Das muss ein Datum mit Uhrzeit sein.',
    currency: 'Das muss eine Währung sein.',
    link: 'Das muss eine Adresse sein, die mit http:// oder https:// beginnt.',
    picture: 'Das muss eine https-Adresse oder ein Pfad dieser Website sein.',
    pictureTwice: 'Dieses Bild steht zweimal da.',
    pictureGone: 'Dieses Bild wird nicht mehr aufbewahrt. Lade es noch einmal hoch.',
    timeZone: 'Das muss der IANA-Name einer Zeitzone sein.',
    characters: 'Darin sind Steuerzeichen. Bitte tippe es neu.',
    past: 'Das darf nicht in der Vergangenheit liegen.',
    aheadMax: (days) => `Das muss innerhalb von ${number(days)} Tagen liegen.`,
    endFirst: 'Das muss nach dem Start liegen.',
    endEarlier: 'Es warten schon Leute: Das kann nur später werden.',
    lengthMax: (days) => `Das darf höchstens ${number(days)} Tage nach dem Start liegen.`,
    clockGap: 'Da werden die Uhren vorgestellt: Diese Zeit gibt es in der Zeitzone nicht.',
    countriesMin: 'Füge mindestens ein Land hinzu.',
    countryTwice: 'Jedes Land darf nur in einer Gruppe sein.',
    elsewhereTwice: 'Höchstens eine Gruppe darf für überall sonst sein.',
    country: 'Darin ist etwas, das kein Land ist.',
    addressless: 'Nur zusammen mit einer Lieferadresse.',
    unpaidShipping: 'Lieferung kann nur etwas kosten, wo online bezahlt wird.',
    freeShipped: 'Wo die Lieferung etwas kostet, darf nichts kostenlos sein.',
    unpayableCurrency: 'Der Zahlungsdienst nimmt diese Währung nicht an.',
    unpayable: 'Der Zahlungsdienst nimmt diesen Betrag nicht an.',
    unpayablySmall: 'So wenig nimmt der Zahlungsdienst nicht an. Kostenlos ist möglich.',
    unpayablyLarge: 'So viel nimmt der Zahlungsdienst in einer Bestellung nicht an.',
    mailless: 'Dieser Shop verschickt keine E-Mails: Niemand könnte eine Adresse bestätigen.',
    unverifiedMailbox:
      'Nur zusammen mit bestätigten Adressen: sonst können Fremde das Limit von jemandem verbrauchen.',
    unforeseen: (message) => `Das wird so nicht angenommen: ${message}.`,
  },

  commits: COMMITS_DE,

  cancelling: CANCELLING_DE,
  order: ORDER_DE,
  orders: ORDERS_DE,
  chosen: CHOSEN_DE,

  queue: QUEUE_DE,
  finding: SEARCH_DE,
  moderation: MODERATION_DE,
  lists: LISTS_DE,
  home: HOME_DE,
  legal: LEGAL_DE,
  lifecycle: LIFECYCLE_DE,
  face: FACE_DE,
  outbox: OUTBOX_DE,
  pictures: PICTURES_DE,
  translations: TRANSLATIONS_DE,
  variants: VARIANTS_DE,
};
