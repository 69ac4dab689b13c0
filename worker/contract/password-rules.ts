/**
 * Which passwords are refused, and why: too short, guessed first by everybody, a simple row, or made of
 * what belongs to the account or the shop (NIST SP 800-63B, 3.1.1.2). Holds no more than that: old
 * passwords still sign in.
 */
import { FREQUENT_PASSWORDS } from './frequent-passwords.ts';
import { FREQUENT_WORDS } from './frequent-words.ts';

export const PASSWORD_CHARS_MIN = 8;

/** Stable words, for whoever shows the refusal in another language. */
export const PASSWORD_FAULTS = {
  too_short: `must have at least ${PASSWORD_CHARS_MIN} characters that can be seen`,
  too_common: 'is one of the passwords that are tried first',
  too_simple: 'is a simple row or the same over and over',
  too_personal: 'is made of the name of the shop, or of your name or address',
  unchanged: 'is the password that you have already',
} as const;
export type PasswordFault = keyof typeof PASSWORD_FAULTS;

/** Whose password it is to be, where that is known. */
export interface PasswordOwner {
  email?: string;
  displayName?: string;
}

const SHOP_NAMES = ['swiftdrop', 'swift drop', 'swift', 'drop'];
/** Shorter ones are in too many words. */
const OWN_WORD_CHARS_MIN = 3;
/** What must be left of a password without the words that belong to its account. */
const LETTERS_LEFT_MIN = 3;
const DIGITS_LEFT_MIN = 7;
/** Of its characters, those that do not follow from the ones before them. */
const SURPRISES_MIN = 4;
/** A pattern of up to so many characters is seen when it comes again. */
const PATTERN_CHARS_MAX = 4;
/** Digits and signs behind a common word, such as a year and an exclamation mark. */
const TAIL_CHARS_MAX = 6;
const STEM_CHARS_MIN = 4;

const KEYBOARD_ROWS = [
  '1234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
];
/** The signs of the digits' row, as they are typed with the shift key. */
const SHIFTED = '!@#$%^&*()';
const DIGITS = '1234567890';
const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
/** Spaces, control and format characters, and letters that are drawn as nothing. */
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

let common: { passwords: ReadonlySet<string>; stems: ReadonlySet<string> } | undefined;

/** @returns the first fault; undefined for a password that may be chosen. */
export function passwordFault(
  password: string,
  owner: PasswordOwner = {},
): PasswordFault | undefined {
  const seen = compact(password);
  if (Array.from(seen).length < PASSWORD_CHARS_MIN) return 'too_short';
  if (isCommon(seen)) return 'too_common';
  if (isSimple(seen)) return 'too_simple';
  return isPersonal(seen, owner) ? 'too_personal' : undefined;
}

/** Whether two texts are one password, as the hash takes them. */
export function isSamePassword(one: string, other: string): boolean {
  return one.normalize('NFKC') === other.normalize('NFKC');
}

/** What can be seen of a text, in lower case, as it is compared. */
function compact(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '').toLowerCase();
}

function isCommon(seen: string): boolean {
  common ??= readCommon();
  const { passwords, stems } = common;
  return spellings(seen).some((spelling) => {
    const stem = stemOf(spelling);
    const tail = spelling.length - stem.length;
    return (
      passwords.has(spelling) ||
      passwords.has(stem) ||
      (tail > 0 && tail <= TAIL_CHARS_MAX && stems.has(stem))
    );
  });
}

/** Read when the first password is chosen, and not at the start of every isolate. */
function readCommon() {
  const all = FREQUENT_PASSWORDS.trim().split(/\s+/);
  const words = FREQUENT_WORDS.trim().split(/\s+/);
  const stems = all
    .map((password) => ({ password, stem: stemOf(password) }))
    .filter(({ password, stem }) => stem.length >= STEM_CHARS_MIN && stem !== password);
  return {
    passwords: new Set([...all, ...words]),
    stems: new Set([...stems.map(({ stem }) => stem), ...words]),
  };
}

/** Without the digits and signs around it. */
function stemOf(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/**
 * As it is; with letters for the digits and signs that look like them; without what is between its
 * words; and with the digits that are on the keys of its signs.
 */
function spellings(text: string): string[] {
  const plain = Array.from(text, (char) => LOOKALIKES[char] ?? char).join('');
  const stem = stemOf(text);
  const plainStem = Array.from(stem, (char) => LOOKALIKES[char] ?? char).join('');
  const unshifted = Array.from(text, (char) => DIGITS[SHIFTED.indexOf(char)] ?? char).join('');
  return [...new Set([text, plain, plainStem, plainLetters(text), unshifted])];
}

/** Whether most of its characters follow from the ones before: `aaaa`, `abab`, `1234`, `qwer`. */
function isSimple(seen: string): boolean {
  const chars = Array.from(seen);
  const surprises = chars.filter((_, n) => !isRepeat(chars, n) && !isNext(chars[n - 1], chars[n]));
  return surprises.length < SURPRISES_MIN;
}

function isRepeat(chars: string[], n: number): boolean {
  for (let back = 1; back <= PATTERN_CHARS_MAX; back++) {
    if (n >= back && chars[n] === chars[n - back]) return true;
  }
  return false;
}

/** Beside it in the alphabet, among the digits or on a keyboard, either way. */
function isNext(before: string | undefined, char: string | undefined): boolean {
  if (before === undefined || char === undefined) return false;
  const step = (char.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  const rows = KEYBOARD_ROWS;
  return (
    Math.abs(step) === 1 ||
    rows.some((row) => row.includes(before + char) || row.includes(char + before))
  );
}

/** Whether little is left of it without the words that whoever knows the account would try. */
function isPersonal(seen: string, { email = '', displayName = '' }: PasswordOwner): boolean {
  const words = [...SHOP_NAMES, ...wordsOf(email), ...wordsOf(displayName)]
    .map(plainLetters)
    .filter((word) => Array.from(word).length >= OWN_WORD_CHARS_MIN)
    .toSorted((a, b) => b.length - a.length);
  return spellings(seen).some((spelling) => {
    let left = plainLetters(spelling);
    const whole = left;
    for (const word of words) left = left.replaceAll(word, ' ');
    const letters = left.match(/\p{L}/gu)?.length ?? 0;
    const digits = left.match(/\p{N}/gu)?.length ?? 0;
    return left !== whole && letters < LETTERS_LEFT_MIN && digits < DIGITS_LEFT_MIN;
  });
}

/** A text and its parts: of an e-mail address the name, the host and what is between the dots. */
function wordsOf(text: string): string[] {
  const halves = text.split('@');
  const parts = text.split(/[^\p{L}\p{N}]+/u);
  const letters = text.split(/[^\p{L}]+/u);
  return [text, ...halves, ...parts, ...letters];
}

function plainLetters(text: string): string {
  return compact(text).replace(/[^\p{L}\p{N}]/gu, '');
}
