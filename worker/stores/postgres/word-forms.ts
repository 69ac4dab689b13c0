/**
 * The words of a search text, each with the forms in which an English or German name may have it: `shoes` finds a
 * shoe, and `Runner` a running shoe. Plain rules of endings, no dictionary. Pure.
 */

/** One that is searched for. In any case and with any accents: SQL folds both. */
export interface WordForm {
  readonly text: string;
  /** Only at the beginning of a word, where it is too short, or too far from what was typed, to be anywhere. */
  readonly isStart: boolean;
}

/** Words after that narrow a search no further. */
export const WORDS_MAX = 8;
/** A shorter word is found at the beginning of words. */
const ANYWHERE_CHARS_MIN = 3;
/** What is left of a word without its ending. */
const STEM_CHARS_MIN = 4;
/** The same, of an ending that is plain: an English `s`, or any of a German plural with an umlaut. */
const PLAIN_STEM_CHARS_MIN = 3;

/** @returns the forms of each word, first the word itself; empty where the text has single letters and signs alone */
export function soughtWords(text: string): WordForm[][] {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]{2,}|\p{N}/gu) ?? [];
  return [...new Set(words)].slice(0, WORDS_MAX).map(formsOf);
}

function formsOf(word: string): WordForm[] {
  const anywhere = [word, ...withoutPlural(word)];
  const starts = withoutDoer(word);
  return [
    ...unique(anywhere).map((form) => ({
      text: form,
      isStart: form.length < ANYWHERE_CHARS_MIN,
    })),
    ...unique(starts).map((form) => ({ text: form, isStart: true })),
  ];
}

/** As the singular may be; what no name has finds nothing. */
function withoutPlural(word: string): string[] {
  const forms: string[] = [];
  if (/[^aeious]s$/.test(word) || /[aeo]s$/.test(word)) forms.push(word.slice(0, -1));
  if (/(?:[sxz]|[cs]h)es$/.test(word)) forms.push(word.slice(0, -2));
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  const long = ['en', 'e', 'n'].flatMap((ending) =>
    word.endsWith(ending) && !/\d/.test(word) ? word.slice(0, -ending.length) : [],
  );
  return [
    ...forms.filter(({ length }) => length >= PLAIN_STEM_CHARS_MIN),
    ...long.filter(({ length }) => length >= STEM_CHARS_MIN),
  ];
}

/** What somebody or something does: `runner` and `running` begin as `run` does, `Hüte` as `Hut`. */
function withoutDoer(word: string): string[] {
  const stems: string[] = [];
  const doer = /^(.{4,})(?:ers?|ern)$/u.exec(word)?.[1] ?? /^(.{3,})ings?$/u.exec(word)?.[1];
  if (doer !== undefined && /[aeiouyäöü]/.test(doer))
    stems.push(doer.replace(/([^aeiou])\1$/u, '$1'));
  const umlauted = /^(.*[äöü].*?)(?:er|en|e)$/u.exec(word)?.[1];
  if (umlauted !== undefined && umlauted.length >= PLAIN_STEM_CHARS_MIN) stems.push(umlauted);
  return stems;
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
