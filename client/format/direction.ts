/** Names and titles inside of sentences: each keeps the order of the words around it. Pure. */

/** Blocks of letters that are written from right to left; worker/contract/visible-text.ts has the same. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** For a place where only text can stand, such as a title or a label; elsewhere `dir="auto"` does it. */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
