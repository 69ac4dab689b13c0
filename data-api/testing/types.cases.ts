/** Cases of BSON's types in EJSON and in plain JSON. */
import { type Case, findOne, insert, type Step } from './case.ts';

const OID = '6193504e1be4ab27791c8133';
const int = (n: number) => ({ $numberInt: String(n) });
const long = (n: string) => ({ $numberLong: n });

const binary = (base64: string, subType: string) => ({ $binary: { base64, subType } });
const regex = { $regularExpression: { pattern: '^H', options: 'i' } };

const inEjson = (filter: Record<string, unknown>, document: unknown): Step => ({
  ...findOne(filter, document),
  ejson: true,
});

const kept = (name: string, value: unknown, plain: unknown): Case => ({
  name: `keeps ${name}`,
  steps: [
    insert({ _id: 1, value }),
    inEjson({ _id: 1 }, { _id: int(1), value }),
    findOne({ _id: 1 }, { _id: 1, value: plain }),
    findOne({ value }, { _id: 1, value: plain }),
  ],
});

export const TYPE_CASES: Case[] = [
  kept('an ObjectId', { $oid: OID }, OID),
  kept('a date', { $date: { $numberLong: '1652732521104' } }, '2022-05-16T20:22:01.104Z'),
  kept('a date before 1970', { $date: { $numberLong: '-1000' } }, '1969-12-31T23:59:59.000Z'),
  kept('an int32', int(-7), -7),
  kept('an int64 beyond 2^53', long('9007199254740993'), Number('9007199254740993')),
  kept('a time in milliseconds as int64', long('1652732521104'), 1_652_732_521_104),
  kept('a double', { $numberDouble: '2.5' }, 2.5),
  kept('a double without a fraction', { $numberDouble: '2.0' }, 2),
  kept('a small int64', long('5'), 5),
  kept('a UUID', binary('yO2rw/c4TKO2jauSqRR4ow==', '04'), {
    Subtype: 4,
    Data: 'yO2rw/c4TKO2jauSqRR4ow==',
  }),
  kept('a timestamp', { $timestamp: { t: 1_565_545_664, i: 1 } }, { T: 1_565_545_664, I: 1 }),
  kept('a regular expression', regex, { Pattern: '^H', Options: 'i' }),
  ...(
    [
      ['a decimal', { $numberDecimal: '9823.1297' }, '9823.1297'],
      ['a decimal with a zero at its end', { $numberDecimal: '1.50' }, '1.50'],
      ['MinKey', { $minKey: 1 }, {}],
      ['MaxKey', { $maxKey: 1 }, {}],
      ['a symbol', { $symbol: 'text' }, 'text'],
    ] as const
  ).map(([name, value, plain]): Case => ({ ...kept(name, value, plain), needs: 'rare types' })),
  {
    name: 'keeps a reference to another document, and finds it',
    needs: 'references',
    steps: [
      insert({ _id: 1, ref: { $ref: 'items', $id: { $oid: OID } } }),
      findOne(
        { ref: { $ref: 'items', $id: { $oid: OID } } },
        { _id: 1, ref: { $ref: 'items', $id: OID } },
      ),
      {
        action: 'updateOne',
        body: { filter: { _id: 1 }, update: { $set: { ref: { $ref: 'items', $id: 2 } } } },
        answer: { matchedCount: 1, modifiedCount: 1 },
      },
      findOne({ 'ref.$id': 2 }, { _id: 1, ref: { $ref: 'items', $id: 2 } }),
    ],
  },
  kept('binary data', { $binary: { base64: 'AQID', subType: '00' } }, { Subtype: 0, Data: 'AQID' }),
  {
    name: 'reads a relaxed date as a date',
    steps: [
      insert({ _id: 1, at: { $date: '2022-05-16T20:22:01.104Z' } }),
      inEjson({}, { _id: int(1), at: { $date: { $numberLong: '1652732521104' } } }),
      findOne(
        { at: { $gt: { $date: '2022-05-16T00:00:00Z' } } },
        { _id: 1, at: '2022-05-16T20:22:01.104Z' },
      ),
      findOne({ at: { $gt: { $date: '2022-05-17T00:00:00Z' } } }, null),
    ],
  },
  {
    name: 'reads plain numbers as int32, int64 or double by their form',
    steps: [
      insert({ _id: 1, a: 1, b: 4_000_000_000, c: 1.5 }),
      inEjson({}, { _id: int(1), a: int(1), b: long('4000000000'), c: { $numberDouble: '1.5' } }),
    ],
  },
  {
    name: 'reads numbers inside wrappers that are no texts',
    steps: [
      insert({ _id: 1, a: { $numberLong: 5 }, b: { $numberDouble: 2 }, c: { $numberInt: 7 } }),
      inEjson({}, { _id: int(1), a: long('5'), b: { $numberDouble: '2.0' }, c: int(7) }),
    ],
  },
  {
    name: 'compares numbers across their types',
    steps: [
      insert({ _id: 1, n: 5 }),
      findOne({ n: { $numberDouble: '5.0' } }, { _id: 1, n: 5 }),
      findOne({ n: long('5') }, { _id: 1, n: 5 }),
    ],
  },
  {
    name: 'finds by an ObjectId as _id, and not by its text',
    steps: [
      insert({ _id: { $oid: OID }, a: 1 }),
      findOne({ _id: { $oid: OID } }, { _id: OID, a: 1 }),
      findOne({ _id: OID }, null),
    ],
  },
  {
    name: 'counts in EJSON as int32',
    steps: [
      {
        action: 'updateOne',
        body: { filter: { _id: { $oid: OID } }, update: { $set: { a: 1 } }, upsert: true },
        answer: { matchedCount: int(0), modifiedCount: int(0), upsertedId: { $oid: OID } },
        ejson: true,
      },
      {
        action: 'deleteMany',
        body: { filter: {} },
        answer: { deletedCount: int(1) },
        ejson: true,
      },
    ],
  },
  {
    name: 'tells an ObjectId in the form that is asked for',
    steps: [
      {
        action: 'insertOne',
        body: { document: { _id: { $oid: OID } } },
        answer: { insertedId: { $oid: OID } },
        ejson: true,
      },
    ],
  },
];
