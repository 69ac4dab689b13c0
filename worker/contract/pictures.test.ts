import { describe, expect, it } from 'vitest';
import { itemInputSchema } from './catalogue.ts';
import { isPictureUrl, shownPicture } from './pictures.ts';

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
