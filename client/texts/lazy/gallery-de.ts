/** What the gallery of an item's pictures says, in German. Must hold texts only. */
import { number } from '../numbers.ts';
import type { Worded } from '../texts.ts';
import type { GALLERY_EN } from './gallery-en.ts';

export const GALLERY_DE: Worded<typeof GALLERY_EN> = {
  title: 'Bilder in groß',
  show: (n) => `Bild ${number(n)} zeigen`,
  enlarge: (n, count) =>
    count > 1 ? `Bild ${number(n)} von ${number(count)} vergrößern` : 'Bild vergrößern',
  close: 'Schließen',
};
