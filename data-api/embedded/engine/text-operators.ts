/** Operators on texts. */
import { BSONRegExp, type BSONSymbol } from 'bson';
import type { Fields } from '../../protocol/fields.ts';
import { compareText } from './compare.ts';
import { toText } from './conversions.ts';
import { int, toIndex } from './numbers.ts';
import { type Operators, ofMany, ofNamed, ofOne, ofSome, ofTwo } from './operator.ts';
import { compileRegex } from './regex.ts';
import { assertSize, isNullish, mongoError, typeOf } from './values.ts';

/** Of a `$regexFindAll`, whose matches may be empty. */
const MATCHES_MAX = 100_000;
const WHITE_SPACE =
  '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

export const TEXT_OPERATORS: Operators = {
  $concat: ofMany((values) => {
    if (values.some(isNullish)) return null;
    const texts = values.map((value) => text('$concat', value));
    assertSize(
      texts.map(({ length }) => length),
      'text',
    );
    return texts.join('');
  }),
  $toLower: ofOne('$toLower', (value) =>
    textOrEmpty('$toLower', value).replaceAll(/[A-Z]/g, (c) => c.toLowerCase()),
  ),
  $toUpper: ofOne('$toUpper', (value) =>
    textOrEmpty('$toUpper', value).replaceAll(/[a-z]/g, (c) => c.toUpperCase()),
  ),
  $strcasecmp: ofTwo('$strcasecmp', (a, b) => {
    const [left, right] = [textOrEmpty('$strcasecmp', a), textOrEmpty('$strcasecmp', b)];
    return int(Math.sign(compareText(left.toUpperCase(), right.toUpperCase())));
  }),
  $strLenCP: ofOne('$strLenCP', (value) => int(Array.from(text('$strLenCP', value)).length)),
  $strLenBytes: ofOne('$strLenBytes', (value) =>
    int(Buffer.byteLength(text('$strLenBytes', value))),
  ),
  $substr: ofSome(['$substr', 3, 3], (value, from, length) =>
    substrBytes('$substr', [value, from, length]),
  ),
  $substrBytes: ofSome(['$substrBytes', 3, 3], (value, from, length) =>
    substrBytes('$substrBytes', [value, from, length]),
  ),
  $substrCP: ofSome(['$substrCP', 3, 3], (value, from, length) => {
    const [start, count] = [position('$substrCP', from), position('$substrCP', length)];
    return Array.from(textOrEmpty('$substrCP', value))
      .slice(start, start + count)
      .join('');
  }),
  $indexOfCP: ofSome(['$indexOfCP', 2, 4], (value, part, ...bounds) => {
    if (isNullish(value)) return null;
    return indexIn(
      Array.from(text('$indexOfCP', value)),
      Array.from(text('$indexOfCP', part)),
      bounds,
    );
  }),
  $indexOfBytes: ofSome(['$indexOfBytes', 2, 4], (value, part, ...bounds) => {
    if (isNullish(value)) return null;
    const [inside, wanted] = [value, part].map((one) => Buffer.from(text('$indexOfBytes', one)));
    return indexIn([...(inside ?? [])], [...(wanted ?? [])], bounds);
  }),
  $split: ofTwo('$split', (value, by) => {
    if (isNullish(value) || isNullish(by)) return null;
    const separator = text('$split', by);
    if (separator === '')
      throw mongoError('Location40087', '$split requires a non-empty separator');
    return text('$split', value).split(separator);
  }),
  $trim: ofNamed(['$trim', 'input', 'chars?'], (named) => trimmed('$trim', named)),
  $ltrim: ofNamed(['$ltrim', 'input', 'chars?'], (named) => trimmed('$ltrim', named)),
  $rtrim: ofNamed(['$rtrim', 'input', 'chars?'], (named) => trimmed('$rtrim', named)),
  $replaceOne: ofNamed(['$replaceOne', 'input', 'find', 'replacement'], (named) => {
    const [input, find, replacement] = replaced('$replaceOne', named);
    return input === undefined ? null : input.replace(find ?? '', () => replacement ?? '');
  }),
  $replaceAll: ofNamed(['$replaceAll', 'input', 'find', 'replacement'], (named) => {
    const [input, find, replacement] = replaced('$replaceAll', named);
    if (input === undefined) return null;
    const parts = input.split(find ?? '');
    assertSize([input.length, parts.length * (replacement ?? '').length], 'text');
    return input.replaceAll(find ?? '', () => replacement ?? '');
  }),
  $regexMatch: ofNamed(['$regexMatch', 'input', 'regex', 'options?'], (named) => {
    return matches('$regexMatch', named, 1).length > 0;
  }),
  $regexFind: ofNamed(['$regexFind', 'input', 'regex', 'options?'], (named) => {
    return matches('$regexFind', named, 1)[0] ?? null;
  }),
  $regexFindAll: ofNamed(['$regexFindAll', 'input', 'regex', 'options?'], (named) => {
    return matches('$regexFindAll', named, MATCHES_MAX);
  }),
};

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isNullish(value) && typeOf(value) === 'symbol') return (value as BSONSymbol).value;
  throw mongoError('TypeMismatch', `${name} only supports strings, not ${typeOf(value)}`);
}

/** These take numbers and dates too, as they would be written. */
function textOrEmpty(name: string, value: unknown): string {
  if (isNullish(value)) return '';
  const written = ['int', 'long', 'double', 'decimal', 'date'].includes(typeOf(value));
  return written ? toText(value) : text(name, value);
}

function position(name: string, value: unknown): number {
  const at = toIndex(value);
  if (at !== undefined && at >= 0) return at;
  throw mongoError('BadValue', `${name} needs positions that are whole numbers from 0`);
}

function substrBytes(name: string, [value, from, length]: unknown[]): string {
  const bytes = Buffer.from(textOrEmpty(name, value));
  const [start, count] = [position(name, from), toIndex(length)];
  if (count === undefined)
    throw mongoError('BadValue', `${name} needs a length that is a whole number`);
  const end = count < 0 ? bytes.length : Math.min(bytes.length, start + count);
  const isInside = (at: number) => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
  if (isInside(start) || isInside(end)) {
    throw mongoError(
      'Location28656',
      `${name}: Invalid range, it starts or ends inside a character`,
    );
  }
  return bytes.subarray(start, end).toString();
}

function indexIn<T>(inside: T[], wanted: T[], [from, to]: unknown[]) {
  const start = from === undefined ? 0 : position('$indexOf', from);
  const end = Math.min(inside.length, to === undefined ? Infinity : position('$indexOf', to));
  for (let at = start; at + wanted.length <= end; at++) {
    if (wanted.every((one, n) => inside[at + n] === one)) return int(at);
  }
  return int(-1);
}

function trimmed(name: '$trim' | '$ltrim' | '$rtrim', { input, chars = WHITE_SPACE }: Fields) {
  if (isNullish(input) || isNullish(chars)) return null;
  const removed = new Set(text(name, chars));
  const given = Array.from(text(name, input));
  let [start, end] = [0, given.length];
  if (name !== '$rtrim') while (start < end && removed.has(given[start] ?? '')) start++;
  if (name !== '$ltrim') while (end > start && removed.has(given[end - 1] ?? '')) end--;
  return given.slice(start, end).join('');
}

/** Empty where one of the three is null. */
function replaced(name: string, { input, find, replacement }: Fields): string[] {
  const given = [input, find, replacement].map((value) =>
    isNullish(value) ? null : text(name, value),
  );
  return given.every((value) => value !== null) ? given : [];
}

function matches(name: string, { input, regex, options }: Fields, max: number): Fields[] {
  if (isNullish(input) || isNullish(regex)) return [];
  const isTyped = regex instanceof BSONRegExp;
  const pattern = isTyped ? regex.pattern : text(name, regex);
  const letters = isNullish(options) ? (isTyped ? regex.options : '') : text(name, options);
  const compiled = compileRegex(pattern, letters, 'g');
  const found: Fields[] = [];
  const given = text(name, input);
  for (const match of given.matchAll(compiled)) {
    const captures = match.slice(1).map((part: string | undefined) => part ?? null);
    found.push({
      match: match[0],
      idx: int(Array.from(given.slice(0, match.index)).length),
      captures,
    });
    if (found.length >= max) break;
  }
  return found;
}
