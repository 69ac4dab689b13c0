/** What the screen of the shop's own face says, in German. */
import type { Worded } from '../../texts/texts.ts';
import type { FACE_EN } from './face-en.ts';

export const FACE_DE: Worded<typeof FACE_EN> = {
  title: 'Auftritt',
  lead: 'Wie der Shop aussieht und heißt. Eine Änderung ist auf jeder Seite nach spätestens 20 Sekunden zu sehen.',
  name: 'Name des Shops',
  nameHint: 'Im Kopf, im Titel jeder Seite und im installierten Shop.',
  logo: 'Adresse des Logos',
  logoHint:
    'Eine https-Adresse oder ein Pfad dieser Website. Es steht im Kopf anstelle des Namens und muss auf Hell und auf Dunkel zu sehen sein.',
  colour: 'Farbe',
  colourHint: 'Zum Beispiel #0b5cad. Leer: die Farben des Produkts.',
  pick: 'Farbe wählen',
  typeface: 'Schrift',
  typefaces: {
    system: 'Wie auf dem Gerät üblich',
    serif: 'Mit Serifen',
    rounded: 'Rund, wenn das Gerät so eine hat',
    mono: 'Schreibmaschine',
  },
  languages: 'Sprachen',
  languagesHint: 'Die erste sehen alle, die keine von beiden wünschen.',
  both: (first, second) => `${first}, dann ${second}`,
  alone: (language) => `Nur ${language}`,
  links: 'Links am Ende jeder Seite',
  link: (n) => `${n}. Link`,
  label: 'Beschriftung',
  labelIn: (language) => `Beschriftung, ${language}`,
  url: 'Adresse',
  remove: (n) => `${n}. Link entfernen`,
  add: 'Link hinzufügen',
  preview: 'Vorschau',
  light: 'Hell',
  dark: 'Dunkel',
  sampleTitle: 'Nachtdrop',
  sampleText: 'Noch 12 von 100',
  sampleAction: 'Kaufen',
  readable: (ratio) => `Text in dieser Farbe ist gut zu lesen: ${ratio} zu 1.`,
  changed: (shade, ratio) =>
    `Text in dieser Farbe wäre hier schlecht zu lesen. Dafür wird ${shade} verwendet: ${ratio} zu 1.`,
  onButton: (ratio) => `Auf Knöpfen: ${ratio} zu 1.`,
  saved: 'Der Auftritt ist gespeichert.',
  act: 'Auftritt geändert',
};
