/**
 * JSON text to values. Unlike JSON.parse it keeps the order of all keys, refuses a key that stands
 * twice, and leaves numbers to the caller as they are written. Knows nothing of BSON.
 */
import { type Fields, keyOfField } from './fields.ts';

export interface JsonReading {
  /** Objects and arrays inside each other. */
  nestingMax: number;
  /** A number as it is written. */
  number(text: string): unknown;
  /** An object, once all that is in it is read. */
  object(fields: Fields): unknown;
}

/** Has a position, which is where the text stops being JSON. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
/** Up to the first character that ends a text or needs a closer look. */
// oxlint-disable-next-line no-control-regex -- these are what JSON forbids in a text
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;
const LITERALS: [string, unknown][] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

interface Reader {
  readonly text: string;
  readonly reading: JsonReading;
  at: number;
  depth: number;
}

/** @throws NotJson, and whatever the reading throws. */
export function parseJson(text: string, reading: JsonReading): unknown {
  const reader: Reader = { text, reading, at: 0, depth: 0 };
  const value = readValue(reader);
  skip(reader);
  if (reader.at < text.length) throw failure(reader, 'something unexpected stands');
  return value;
}

function readValue(reader: Reader): unknown {
  skip(reader);
  const char = reader.text[reader.at];
  if (char === '"') return readText(reader);
  if (char === '{') return readObject(reader);
  if (char === '[') return readArray(reader);
  for (const [word, value] of LITERALS) {
    if (char === word[0] && reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
  }
  return readNumber(reader);
}

function readObject(reader: Reader): unknown {
  const fields: Fields = {};
  readMembers(reader, '}', () => {
    const name = readText(reader);
    const key = keyOfField(name);
    if (name.includes('\0')) throw failure(reader, 'a key with a zero byte ends');
    if (Object.hasOwn(fields, key)) {
      throw failure(reader, `the second key "${name}" of one object ends`);
    }
    skip(reader);
    expect(reader, ':');
    fields[key] = readValue(reader);
  });
  return reader.reading.object(fields);
}

function readArray(reader: Reader): unknown[] {
  const list: unknown[] = [];
  readMembers(reader, ']', () => list.push(readValue(reader)));
  return list;
}

/** @param read reads one member, at whose first character the reader stands. */
function readMembers(reader: Reader, end: string, read: () => void): void {
  const { nestingMax } = reader.reading;
  if (++reader.depth > nestingMax) throw failure(reader, `it nests deeper than ${nestingMax}`);
  reader.at++;
  skip(reader);
  if (!isTaken(reader, end)) {
    do {
      skip(reader);
      read();
      skip(reader);
    } while (isTaken(reader, ','));
    expect(reader, end);
  }
  reader.depth--;
}

function readText(reader: Reader): string {
  expect(reader, '"');
  const { text, at: start } = reader;
  PLAIN_TEXT.lastIndex = start;
  PLAIN_TEXT.test(text);
  reader.at = PLAIN_TEXT.lastIndex;
  if (isTaken(reader, '"')) return text.slice(start, reader.at - 1);
  while (reader.at < text.length && text[reader.at] !== '"') {
    reader.at += text[reader.at] === '\\' ? 2 : 1;
  }
  expect(reader, '"');
  try {
    return JSON.parse(text.slice(start - 1, reader.at)) as string;
  } catch {
    throw failure(reader, 'a malformed text ends');
  }
}

function readNumber(reader: Reader): unknown {
  NUMBER.lastIndex = reader.at;
  const [written] = NUMBER.exec(reader.text) ?? [];
  if (written === undefined) throw failure(reader, 'something unexpected stands');
  reader.at += written.length;
  return reader.reading.number(written);
}

function skip(reader: Reader): void {
  SPACE.lastIndex = reader.at;
  SPACE.test(reader.text);
  reader.at = SPACE.lastIndex;
}

function isTaken(reader: Reader, char: string): boolean {
  if (reader.text[reader.at] !== char) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, char: string): void {
  if (!isTaken(reader, char)) throw failure(reader, `"${char}" is missing`);
}

function failure({ at }: Reader, what: string): NotJson {
  return new NotJson(`${what} at position ${at}`);
}
