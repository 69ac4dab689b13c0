import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { describe, expect, it } from 'vitest';
import { fromBson, toDriver, toDriverDocument } from './driver-values.ts';
import { parseBody, toCanonical } from './protocol/ejson.ts';
import type { Fields } from './protocol/fields.ts';
import { toPlainJson } from './protocol/plain-json.ts';

const read = (text: string) => parseBody(new TextEncoder().encode(text)) as Fields;

/** One of each type that MongoDB may hold, and its plain JSON by MongoDB's description. */
const VALUES: [string, unknown, string][] = [
  ['int32', new Int32(-7), '-7'],
  ['int64', Long.fromString('9007199254740993'), '9007199254740993'],
  ['double', new Double(2), '2'],
  ['NaN', new Double(Number.NaN), 'null'],
  ['decimal', Decimal128.fromString('1.50'), '"1.50"'],
  ['text', 'Größe 🎉', '"Größe 🎉"'],
  ['boolean', true, 'true'],
  ['null', null, 'null'],
  ['date', new Date(-1_000), '"1969-12-31T23:59:59.000Z"'],
  ['list', [new Int32(1), ['a']], '[1,["a"]]'],
  ['ObjectId', new ObjectId('6193504e1be4ab27791c8133'), '"6193504e1be4ab27791c8133"'],
  ['binary', new Binary(Buffer.from([1, 2, 3]), 5), '{"Subtype":5,"Data":"AQID"}'],
  ['regular expression', new BSONRegExp('^H', 'i'), '{"Pattern":"^H","Options":"i"}'],
  ['timestamp', new Timestamp({ t: 1_565_545_664, i: 1 }), '{"T":1565545664,"I":1}'],
  ['MinKey', new MinKey(), '{}'],
  ['MaxKey', new MaxKey(), '{}'],
  ['symbol', new BSONSymbol('text'), '"text"'],
  ['code', new Code('f()'), '"f()"'],
  ['code with a scope', new Code('f(x)', { x: new Int32(1) }), '{"Code":"f(x)","Scope":{"x":1}}'],
];

describe('a document of MongoDB', () => {
  it.each(VALUES)('keeps a value of the type %s, and has its plain JSON', (_name, value, plain) => {
    const document = fromBson(serialize({ value }));
    expect(toCanonical(document)).toBe(toCanonical({ value }));
    expect(toPlainJson(document)).toBe(`{"value":${plain}}`);
  });

  it('shows a reference as the document that it is', () => {
    const document = fromBson(
      serialize({ ref: new DBRef('items', new ObjectId('6193504e1be4ab27791c8133')) }),
    );
    expect(toPlainJson(document)).toBe('{"ref":{"$ref":"items","$id":"6193504e1be4ab27791c8133"}}');
  });

  it('keeps the order of its fields both ways', () => {
    const text = '{"_id":1,"b":1,"2":{"9":1,"x":[{"1":1,"0":2}],"8":2},"1":2}';
    expect(toPlainJson(fromBson(serialize(toDriver(read(text)))))).toBe(text);
  });

  it('holds names that mean something in JavaScript as any others', () => {
    const names = new Map<string, unknown>([
      ['__proto__', new Map([['polluted', 1]])],
      ['constructor', 2],
      ['_bsontype', 'ObjectId'],
    ]);
    const document = fromBson(serialize(names));
    expect(Reflect.get(document, 'polluted')).toBeUndefined();
    expect(toPlainJson(document)).toBe(
      '{"__proto__":{"polluted":1},"constructor":2,"_bsontype":"ObjectId"}',
    );
    expect(toPlainJson(fromBson(serialize(toDriver(document))))).toBe(toPlainJson(document));
  });

  it('is given an _id in front of its other fields, which the driver finds', () => {
    const document = toDriverDocument(read('{"2":1,"1":1}'));
    expect(Object.keys(fromBson(serialize(document)))[0]).toBe('_id');
    expect(document['_id']).toBeInstanceOf(ObjectId);
  });
});
