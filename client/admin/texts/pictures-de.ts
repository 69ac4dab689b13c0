/** What the console says of pictures, in German. */
import { number } from '../../texts/numbers.ts';
import type { PICTURES_EN } from './pictures-en.ts';

export const PICTURES_DE: typeof PICTURES_EN = {
  title: 'Bilder',
  hint: 'Das erste erscheint in Listen. Bis zu 8; im Shop wischt man sie in dieser Reihenfolge durch.',
  cover: 'Titelbild',
  coverHint:
    'Ein breites Bild oben auf der Seite des Events. Ohne eines zeigen Listen den ersten Artikel.',
  choose: 'Bilder hierher ziehen oder Dateien auswählen',
  chooseOne: 'Bild hierher ziehen oder Datei auswählen',
  uploading: 'Wird hochgeladen',
  stillUploading: 'Bilder werden noch hochgeladen …',
  nthOf: (n, count) => `(${number(n)} von ${number(count)})`,
  nth: (n) => `Bild ${number(n)}`,
  first: 'Erstes Bild, erscheint in Listen',
  up: (name) => `${name} nach oben`,
  down: (name) => `${name} nach unten`,
  remove: (name) => `${name} entfernen`,
  address: 'Adresse eines Bildes anderswo',
  addressHint:
    'Eine https-Adresse oder ein Pfad dieser Website. Es bleibt, wo es ist, und wird nicht verkleinert.',
  add: 'Adresse hinzufügen',
  noRoom: 'Mehr als 8 Bilder sind nicht möglich.',
  tooLarge: 'Es ist größer als 15 MB. Speichere es kleiner und wähle es noch einmal.',
  faults: {
    no_picture: 'Das ist kein Bild. Nimm ein JPEG, PNG, WebP oder AVIF.',
    vector: 'Das ist eine Vektorgrafik. Speichere sie als PNG und nimm das.',
    moves: 'Das Bild ist animiert. Nimm ein unbewegtes.',
    broken: 'Es ist beschädigt oder unvollständig. Speichere es neu und wähle es noch einmal.',
  },
};
