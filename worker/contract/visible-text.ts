/**
 * What of a text can be seen, and what turns the text around it. One rule for every text that people
 * write; it goes by Unicode's properties, so that a character that is added there needs no line here.
 */

/** Symbols or letters by their category, but blank: no property marks them. */
const BLANK_SYMBOLS = String.raw`\u2800\ufffc\u{1D159}\u{13441}\u{13442}`;

/** A letter, figure, sign or symbol that leaves a mark; a combining mark alone has nothing to stand on. */
const SEEN = new RegExp(
  String.raw`(?![\p{Default_Ignorable_Code_Point}\p{White_Space}${BLANK_SYMBOLS}])[\p{L}\p{N}\p{P}\p{S}]`,
  'u',
);

/** Of no width and no effect; but tags make the flags of countries within others. */
const UNSEEN = /(?![\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}/gu;

/** Marks, embeddings, overrides and isolates: Unicode's Bidi_Control, which is no property of a RegExp. */
const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Blocks of letters that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export function isVisible(text: string): boolean {
  return SEEN.test(text);
}

export function hasDirectionControls(text: string): boolean {
  return text.search(DIRECTION_CONTROLS) !== -1;
}

export function withoutDirectionControls(text: string): string {
  return text.replaceAll(DIRECTION_CONTROLS, '');
}

/** The same for two texts that are drawn alike, though their characters differ: blanks, what has no width. */
export function lookOf(text: string): string {
  return text
    .replaceAll(UNSEEN, '')
    .normalize('NFC')
    .replaceAll(/\p{White_Space}+/gu, ' ')
    .trim();
}

/** For a place where only text can stand: what is around it keeps its order, and it has its own. */
export function isolated(text: string): string {
  const plain = withoutDirectionControls(text);
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}
