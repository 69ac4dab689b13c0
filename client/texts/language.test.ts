import { describe, expect, it } from 'vitest';
import {
  choiceCookie,
  chosenIn,
  LANGUAGE_NAMES,
  LANGUAGES,
  languageFor,
  localeFor,
  preferredIn,
} from './language.ts';

describe('the language', () => {
  it.each([
    { preferred: ['de-AT', 'en'], spoken: 'de' },
    { preferred: ['fr-FR', 'DE', 'en'], spoken: 'de' },
    { preferred: ['en-GB', 'de'], spoken: 'en' },
    { preferred: ['fr', 'deu-x', 'enm'], spoken: 'en' },
    { preferred: [], spoken: 'en' },
  ])('is the first that is spoken of $preferred', ({ preferred, spoken }) => {
    expect(languageFor({ preferred, chosen: null })).toBe(spoken);
  });

  it('is the one that was chosen, whatever the browser asks for', () => {
    expect(languageFor({ preferred: ['en-GB'], chosen: 'de' })).toBe('de');
    expect(languageFor({ preferred: ['de'], chosen: 'en' })).toBe('en');
  });

  it('is what the browser asks for where the choice is no language of ours', () => {
    for (const chosen of ['fr', '', '<script>', '__proto__']) {
      expect(languageFor({ preferred: ['de'], chosen })).toBe('de');
    }
  });

  it('has a name in its own words', () => {
    expect(LANGUAGES.map((language) => LANGUAGE_NAMES[language])).toEqual(['English', 'Deutsch']);
  });
});

describe('the locale', () => {
  it.each([
    { language: 'de', preferred: ['de', 'de-CH', 'de-AT'], locale: 'de-CH' },
    { language: 'de', preferred: ['en-US', 'de'], locale: 'de' },
    { language: 'en', preferred: ['de-CH', 'fr'], locale: 'en' },
    { language: 'en', preferred: ['en-001'], locale: 'en-001' },
    { language: 'de', preferred: ['de-Latn-AT'], locale: 'de-Latn-AT' },
  ] as const)('of $language for $preferred is $locale', ({ language, preferred, locale }) => {
    expect(localeFor(language, preferred)).toBe(locale);
  });

  it('is always one that Intl takes, whatever a header has', () => {
    for (const tag of ['de-', 'de-*', 'de-a', 'de_DE', 'de-DE-', 'de-12', 'de-u-nu-zzz-']) {
      const locale = localeFor('de', preferredIn(tag));
      expect(new Intl.NumberFormat(locale).format(1.5)).toBe('1,5');
    }
  });
});

describe('an Accept-Language header', () => {
  it('is read in the order of its qualities', () => {
    expect(preferredIn('en;q=0.5, de-CH, de;q=0.9,*;q=0.1')).toEqual(['de-CH', 'de', 'en']);
  });

  it('leaves out what is not wanted, and what is nothing', () => {
    expect(preferredIn('de;q=0, ,en;q=x,;q=1')).toEqual([]);
    expect(preferredIn('')).toEqual([]);
  });
});

describe('the choice', () => {
  it('is found among other cookies as it was written', () => {
    const written = choiceCookie('de').split(';')[0];
    expect(chosenIn(`theme=dark; ${written}; x=1`)).toBe('de');
  });

  it('is null where there is none', () => {
    expect(chosenIn('')).toBeNull();
    expect(chosenIn('sublanguage=de; languages=en')).toBeNull();
  });
});
