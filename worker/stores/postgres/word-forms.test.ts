import { expect, it } from 'vitest';
import { soughtWords, WORDS_MAX } from './word-forms.ts';

/** As a pattern would have them: a word that only begins one has a line before it. */
function formsOf(word: string): string[] {
  const [forms = []] = soughtWords(word);
  return forms.map(({ text, isStart }) => (isStart ? `|${text}` : text));
}

it.each([
  ['Shoes', ['shoes', 'shoe']],
  ['shoe', ['shoe']],
  ['Runner', ['runner', '|run']],
  ['runners', ['runners', 'runner', '|run']],
  ['running', ['running', '|run']],
  ['dresses', ['dresses', 'dresse', 'dress']],
  ['batteries', ['batteries', 'batterie', 'battery']],
  ['glass', ['glass']],
  ['Schuhe', ['schuhe', 'schuh']],
  ['Lampen', ['lampen', 'lamp', 'lampe']],
  ['Hosen', ['hosen', 'hose']],
  ['Bilder', ['bilder', '|bild']],
  ['Hüte', ['hüte', '|hüt']],
  ['Mütze', ['mütze', 'mütz', '|mütz']],
  ['xl', ['|xl']],
  ['7', ['|7']],
  ['string', ['string']],
  ['2000en', ['2000en']],
])('%s is found as %j', (word, forms) => {
  expect(formsOf(word)).toEqual(forms);
});

it('takes the words of a text apart, each once, but no single letters or signs', () => {
  const texts = soughtWords('Red, red_shoe – a 100 % 7').map(([form]) => form?.text);
  expect(texts).toEqual(['red', 'shoe', '100', '7']);
  expect(soughtWords(' % a _ ')).toEqual([]);
});

it('has an end', () => {
  const many = Array.from({ length: WORDS_MAX + 3 }, (_, n) => `word${n}`).join(' ');
  expect(soughtWords(many)).toHaveLength(WORDS_MAX);
});
