import { describe, expect, it } from 'vitest';
import {
  hasDirectionControls,
  isolated,
  isVisible,
  lookOf,
  withoutDirectionControls,
} from './visible-text.ts';

describe('a text', () => {
  it.each([
    ['nothing', ''],
    ['spaces', ' \u00a0\u2003\u3000'],
    ['a braille blank', '\u2800'],
    ['a Hangul filler', '\u3164\u115f\uffa0'],
    ['zero-width characters', '\u200b\u200c\u200d\ufeff\u2060'],
    ['soft hyphens', '\u00ad\u00ad'],
    ['combining marks', '\u0301\u0302'],
    ['variation selectors', '\ufe0f\u{e0100}'],
    ['tags', '\u{e0041}\u{e0042}'],
    ['a null notehead', '\u{1d159}'],
    ['the place of an object', '\ufffc'],
    ['blank hieroglyphs', '\u{13441}\u{13442}'],
    ['direction marks', '\u200e\u202e'],
    ['what no font has', '\ue000'],
  ])('of %s shows nothing', (_what, text) => {
    expect(isVisible(text)).toBe(false);
    expect(isVisible(`${text}a`)).toBe(true);
  });

  it.each(['a', '.', '7', '漢', 'é', 'e\u0301', '❤️', '👩‍👩‍👦', 'क', 'ـ'])(
    '%s can be seen',
    (text) => {
      expect(isVisible(text)).toBe(true);
    },
  );

  it.each(['\u202e', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c'])(
    'turns no text around it by %j',
    (control) => {
      expect(hasDirectionControls(`a${control}b`)).toBe(true);
      expect(withoutDirectionControls(`a${control}b${control}`)).toBe('ab');
      expect(isolated(`a${control}b`)).toBe('ab');
    },
  );

  it.each([
    ['e\u0301', 'é'],
    ['M\u200b', 'M'],
    ['a \u00a0 b', 'a b'],
    ['so\u00adft', 'soft'],
  ])('%j looks like %j', (text, other) => {
    expect(lookOf(text)).toBe(lookOf(other));
  });

  it.each([
    ['m', 'M'],
    ['½', '1/2'],
    ['ab', 'a b'],
    [
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E007F}',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E007F}',
    ],
  ])('%j does not look like %j', (text, other) => {
    expect(lookOf(text)).not.toBe(lookOf(other));
  });

  it('from right to left is isolated where it stands in another one', () => {
    expect(isolated('שלום 3')).toBe('\u2068שלום 3\u2069');
    expect(isolated('\u202eمرحبا\u2069')).toBe('\u2068مرحبا\u2069');
    expect(isolated('Amélie')).toBe('Amélie');
  });
});
