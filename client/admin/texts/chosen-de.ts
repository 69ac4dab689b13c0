/** What is said where one thing is done with several orders, in German. */
import { number, plural } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

const orders = (count: number) => plural(count, 'Bestellung', 'Bestellungen');

export const CHOSEN_DE: AdminTexts['chosen'] = {
  choose: (orderNumber) => `Bestellung ${orderNumber} auswählen`,
  all: (count) => `Alle ${number(count)} auf dieser Seite`,
  count: (count) => `${orders(count)} ausgewählt`,
  full: (max) => `Höchstens ${number(max)} auf einmal.`,
  none: 'Auswahl aufheben',
  region: 'Mit den ausgewählten Bestellungen',
  send: 'Als verschickt vermerken …',
  backToList: 'Zurück zur Liste',

  slips: 'Packzettel',
  slipsTitle: (count) => plural(count, 'Packzettel', 'Packzettel'),
  slipsLoading: 'Packzettel',
  slipsHint: 'Auf jedem Blatt einer, in der Sprache der jeweiligen Kundschaft.',
  slipsMissing: (count) =>
    `Zu ${plural(count, 'Bestellung', 'Bestellungen')} ist nichts zu packen, darum fehlt der Zettel.`,
  withPrices: 'Mit Preisen',
  withPricesHint: 'Ohne sie kann ein Paket ein Geschenk sein.',
  print: 'Drucken',

  sendTitle: (count) => `${orders(count)} als verschickt vermerken`,
  sendHint:
    'Wer bestellt hat, erfährt es per E-Mail und sieht auch den Link. Er darf leer bleiben.',
  linkOf: (orderNumber, name) => `Link zu ${orderNumber} (${name})`,
  pasteTitle: 'Viele Links einfügen',
  paste: 'Zeilen mit Nummer und Link oder nur mit Links',
  pasteHint:
    'In jeder Zeile die Nummer einer Bestellung, ein Tabulator oder Komma und ihr Link. Oder in jeder Zeile nur ein Link, für alle Bestellungen in der Reihenfolge, in der sie unten stehen.',
  take: 'Eintragen',
  taken: (count) => `${plural(count, 'Link', 'Links')} eingetragen.`,
  left: (count) => `${plural(count, 'Zeile', 'Zeilen')} nicht übernommen:`,
  moreLeft: (count) => `Und ${plural(count, 'weitere Zeile', 'weitere Zeilen')}.`,
  faults: {
    unread: 'ohne Tabulator und ohne Komma',
    not_chosen: 'nennt keine der ausgewählten Bestellungen',
    no_link: 'hat keinen Link mit http oder https',
    twice: 'ihre Bestellung hat schon einen Link aus einer Zeile davor',
    too_many: 'zu viele Zeilen auf einmal',
    miscounted: 'ohne Nummer, und es sind nicht so viele Links wie Bestellungen',
  },
  action: 'Als verschickt vermerken',
  sending: 'Wird vermerkt …',

  resultTitle: (count, of) =>
    `${number(count)} von ${plural(of, 'Bestellung', 'Bestellungen')} als verschickt vermerkt`,
  sent: 'Als verschickt vermerkt.',
  sentBefore: 'War schon vermerkt.',
  sentBeforeLink: 'War schon vermerkt. Der Link ist gespeichert.',
  gone: 'Diese Bestellung gibt es nicht mehr.',
};
