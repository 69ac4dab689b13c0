import { describe, expect, it } from 'vitest';
import { itemInputSchema } from './catalogue.ts';
import {
  isPictureUrl,
  keptWidths,
  pictureUrlOf,
  shownPicture,
  sourcesOf,
  uploadedPicture,
} from './pictures.ts';

const GOOD = [
  'https://pictures.example/lamp.png',
  'https://pictures.example:8443/a/b?c=d#e',
  'https://bücher.example/bild.jpg',
  'https://[::1]/lamp.png',
  '/images/lamp.svg',
  '/images/l%C3%A4mp.svg?v=2',
];
const BAD = [
  'https://[',
  'https://',
  'https:///host/x.png',
  'https:host/x.png',
  'https://host:99999/x',
  'https://ho st/x',
  'https://user:password@host/x',
  'http://host/x.png',
  'javascript:alert(1)',
  'data:image/png;base64,AAAA',
  '//host/x',
  '/\\host',
  '\\\\host',
  '/\t/host/x',
  '/a b',
  'images/lamp.svg',
];

describe('the address of a picture', () => {
  it.each(GOOD)('may be %j', (url) => {
    expect(isPictureUrl(url)).toBe(true);
    expect(itemInputSchema.safeParse({ name: 'Lamp', imageUrl: url }).success).toBe(true);
    expect(shownPicture(url)).toBe(url);
  });

  it.each(BAD)('may not be %j', (url) => {
    expect(itemInputSchema.safeParse({ name: 'Lamp', imageUrl: url }).success).toBe(false);
    expect(shownPicture(url)).toBeNull();
  });
});

const NAME = 'pic_0123456789abcdefghjkmnpqrs-1600x1200-aabbcc001122.webp';
const URL_OF_LARGE = `/pictures/${NAME}`;

function areTaken(pictures: string[]): boolean {
  return itemInputSchema.safeParse({ name: 'Lamp', pictures }).success;
}

describe('the address of an uploaded picture', () => {
  it('says how large it is and which colours it has', () => {
    expect(uploadedPicture(URL_OF_LARGE)).toEqual({
      id: 'pic_0123456789abcdefghjkmnpqrs',
      width: 1_600,
      height: 1_200,
      colours: ['aabbcc', '001122'],
    });
  });

  it.each([
    '/images/lamp.svg',
    'https://pictures.example/lamp.png',
    `https://other.example${URL_OF_LARGE}`,
    `/pictures/400/${NAME}`,
    `${URL_OF_LARGE}?v=1`,
    URL_OF_LARGE.replace('1600', '0'),
    URL_OF_LARGE.replace('1600', '01600'),
    URL_OF_LARGE.replace('aabbcc', 'AABBCC'),
    URL_OF_LARGE.replace('.webp', '.png'),
    URL_OF_LARGE.replace('pic_', 'itm_'),
  ])('is not %s', (url) => {
    expect(uploadedPicture(url)).toBeNull();
    expect(sourcesOf(url)).toEqual({ src: url, srcset: undefined });
  });

  it('is made of what it says', () => {
    const picture = uploadedPicture(URL_OF_LARGE);
    expect(picture && pictureUrlOf(picture)).toBe(URL_OF_LARGE);
  });

  it('lets a browser choose among the sizes that are kept', () => {
    expect(sourcesOf(URL_OF_LARGE)).toEqual({
      src: URL_OF_LARGE,
      srcset: `/pictures/400/${NAME} 400w, /pictures/800/${NAME} 800w, ${URL_OF_LARGE} 1600w`,
    });
  });

  it.each([
    [1, [1]],
    [400, [400]],
    [401, [400, 401]],
    [800, [400, 800]],
    [1_599, [400, 800, 1_599]],
    [1_600, [400, 800, 1_600]],
  ])('has, where it is %s wide, the sizes %j and none that is enlarged', (width, widths) => {
    expect(keptWidths(width)).toEqual(widths);
    const url = URL_OF_LARGE.replace('1600x', `${width}x`);
    expect(sourcesOf(url).srcset?.split(', ')).toHaveLength(widths.length);
    expect(sourcesOf(url).srcset).toContain(`${url} ${width}w`);
  });

  it('may be an item’s, an event’s, and one of eight', () => {
    const several = (count: number) =>
      Array.from({ length: count }, (_, n) => URL_OF_LARGE.replace('aabbcc', `aabbc${n}`));
    expect(areTaken(several(8))).toBe(true);
    expect(areTaken(several(9))).toBe(false);
    expect(areTaken([URL_OF_LARGE, URL_OF_LARGE])).toBe(false);
    expect(areTaken(['http://host/x.png'])).toBe(false);
    expect(areTaken([])).toBe(true);
  });
});
