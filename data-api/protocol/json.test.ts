import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fields, nameOfKey } from './fields.ts';
import { NotJson, parseJson } from './json.ts';

const READING = { nestingMax: 20, number: Number, object: (fields: Fields): unknown => fields };

/** Names as they were written, so that the value can be held against that of JSON.parse. */
const parse = (text: string): unknown =>
  parseJson(text, {
    ...READING,
    object: (fields) =>
      Object.fromEntries(Object.entries(fields).map(([key, value]) => [nameOfKey(key), value])),
  });

const hasZeroByte = (text: string) => text.includes('\\u0000') || text.includes('__proto__');

describe('a JSON text', () => {
  it('has the value that JSON.parse gives it', () => {
    const json = fc.tuple(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 1, 2));
    const property = fc.property(json, ([text, indent]) => {
      fc.pre(!hasZeroByte(text));
      const written = JSON.stringify(JSON.parse(text), null, indent);
      expect(parse(written)).toEqual(JSON.parse(written));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('cut or with a character more is refused where JSON.parse refuses it', () => {
    const broken = fc.tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom(...Array.from('{}[]",:\\ 0e-.a')),
    );
    const property = fc.property(broken, ([text, at, char]) => {
      const position = at % (text.length + 1);
      for (const one of [
        text.slice(0, position),
        text.slice(0, position) + char + text.slice(position),
      ]) {
        fc.pre(!hasZeroByte(one));
        fc.pre(!isRefusedForItsKeys(one));
        expect(valueOrRefusal(() => parse(one))).toEqual(valueOrRefusal(() => JSON.parse(one)));
      }
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('keeps the order of all keys', () => {
    const keys = Object.keys(parseJson('{"b":1,"10":1,"a":1,"9":1,"0":1}', READING) as object);
    expect(keys.map(nameOfKey)).toEqual(['b', '10', 'a', '9', '0']);
  });

  it.each(['{"a":1,"a":1}', '{"1":{},"1":{}}', '{"__proto__":1,"\\u005f_proto__":2}'])(
    'is refused with a key that stands twice: %s',
    (text) => expect(() => parse(text)).toThrow('the second key'),
  );

  it('is refused where it nests too deep', () => {
    expect(() => parse('['.repeat(20) + ']'.repeat(20))).not.toThrow();
    expect(() => parse('['.repeat(100_000))).toThrow('deeper than 20');
  });
});

function valueOrRefusal(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof NotJson || error instanceof SyntaxError) return 'refused';
    throw error;
  }
}

function isRefusedForItsKeys(text: string): boolean {
  try {
    parse(text);
    return false;
  } catch (error) {
    return error instanceof NotJson && error.message.includes('the second key');
  }
}
