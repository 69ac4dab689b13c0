/** What the gallery of an item's pictures says, in English. Must hold texts only. */
import { number } from '../numbers.ts';

export const GALLERY_EN = {
  title: 'Pictures, large',
  show: (n: number) => `Show picture ${number(n)}`,
  enlarge: (n: number, count: number) =>
    count > 1 ? `Enlarge picture ${number(n)} of ${number(count)}` : 'Enlarge the picture',
  close: 'Close',
};
