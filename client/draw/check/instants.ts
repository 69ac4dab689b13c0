/** Times as text, read quickly: each of the records of a draw has one, and most are of the minute before. */

/** `2026-12-01T10:00`, which `:30.000Z` follows. */
const MINUTE_CHARS = 16;
const CHARS = 24;
const ZERO = 48;

/** The minute that was read last, and when it began. */
let lastMinute = '';
let lastMinuteMs = Number.NaN;

/** RFC 3339 in UTC with milliseconds. @returns ms since the epoch; NaN for any other text. */
export function instantMs(text: string): number {
  if (text.length !== CHARS) return parsedMs(text);
  const minute = text.slice(0, MINUTE_CHARS);
  if (minute !== lastMinute) {
    lastMinute = minute;
    lastMinuteMs = parsedMs(`${minute}:00.000Z`);
  }
  const second = digit(text, 17) * 10 + digit(text, 18);
  const isLike = text[16] === ':' && text[19] === '.' && text[23] === 'Z' && second < 60;
  const ms = digit(text, 20) * 100 + digit(text, 21) * 10 + digit(text, 22);
  return isLike ? lastMinuteMs + second * 1_000 + ms : Number.NaN;
}

/** A day that is none, as the 30th of February, is read as another one. */
function parsedMs(text: string): number {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text ? ms : Number.NaN;
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
