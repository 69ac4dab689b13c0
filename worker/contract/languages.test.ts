import { expect, it } from 'vitest';
import { languageAskedFor } from './languages.ts';

it.each([
  ['', 'en'],
  ['fr, es;q=0.9', 'en'],
  ['fr, DE-AT;q=0.9, en;q=0.8', 'de'],
  ['en;q=0.5, de-CH, de;q=0.9,*;q=0.1', 'de'],
  ['en-GB, de', 'en'],
  ['den, de;q=0', 'en'],
  ['de;q=0, ,de;q=x,;q=1', 'en'],
])('who asks for "%s" is written to in %s', (header, language) => {
  expect(languageAskedFor(header)).toBe(language);
});
