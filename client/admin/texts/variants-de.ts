/** What the console says of variants, in German. */
import { number } from '../../texts/numbers.ts';
import type { VARIANTS_EN } from './variants-en.ts';

export const VARIANTS_DE: typeof VARIANTS_EN = {
  title: 'Varianten',
  hint: 'Größen oder Farben, wie sie im Shop aufeinanderfolgen. Ein Artikel ohne Varianten wird so verkauft, wie er ist.',
  nth: (n) => `Variante ${number(n)}`,
  up: (label) => `${label} nach oben`,
  down: (label) => `${label} nach unten`,
  remove: (label) => `${label} entfernen`,
  more: 'Weitere Varianten',
  moreHint: 'Mehrere auf einmal mit Kommas dazwischen, oder eine je Zeile in dem, was du einfügst.',
  add: 'Hinzufügen',
  added: (count) =>
    count === 1 ? 'Eine wurde hinzugefügt.' : `${number(count)} wurden hinzugefügt.`,
  there: (labels) => `Schon vorhanden: ${labels}.`,
  full: (max, left) =>
    `Ein Artikel hat höchstens ${number(max)} Varianten: ${number(left)} haben nicht mehr gepasst.`,
  removed: (labels) => `Du hast entfernt: ${labels}.`,
  putBack: 'Wieder einsetzen',
  count: (count) => (count === 1 ? 'Eine Variante' : `${number(count)} Varianten`),
  name: 'Variante',
  stockOf: (label) => `Stückzahl: ${label}`,
  priceOf: (label) => `Preis: ${label}`,
  own: 'Preis, falls anders',
  sameStock: 'Gleiche Stückzahl für alle',
  setAll: 'Für alle setzen',
  sum: (units) => `Stück insgesamt: ${number(units)}`,
  sold: 'Eine Variante ohne Stückzahl wird nicht verkauft.',
  limit: 'Höchstens pro Person, über alle Varianten',
  at: (line, price) => `${line} zu ${price}`,
};
