/** Cases of the width of numbers that are calculated. */
import { type Case, insert, type Step } from './case.ts';

const OID = '6193504e1be4ab27791c8133';
const int = (n: number) => ({ $numberInt: String(n) });
const long = (n: number | string) => ({ $numberLong: String(n) });
const double = (n: string) => ({ $numberDouble: n });
const decimal = (n: string) => ({ $numberDecimal: n });
const date = (ms: number) => ({ $date: { $numberLong: String(ms) } });
const isDecimal = (value: unknown) => JSON.stringify(value).includes('$numberDecimal');

const group = (pipeline: unknown[], documents: unknown[]): Step => ({
  action: 'aggregate',
  body: { pipeline },
  answer: { documents },
  ejson: true,
});

/** What a list of values comes to, with its width. */
const accumulated = (name: string, values: unknown[], expected: unknown): Case => ({
  name: `${name} of ${JSON.stringify(values)} is ${JSON.stringify(expected)}`,
  ...(name === '$sum' && !values.some(isDecimal) ? {} : { needs: 'expressions' }),
  steps: [
    insert(...values.map((v, _id) => ({ _id, v }))),
    group(
      [{ $group: { _id: null, v: { [name]: '$v' } } }, { $project: { _id: 0, v: 1 } }],
      [{ v: expected }],
    ),
  ],
});

const ACCUMULATORS: Case[] = [
  accumulated('$sum', [int(1), int(2)], int(3)),
  accumulated('$sum', [int(2_147_483_647), int(1)], long('2147483648')),
  accumulated('$sum', [int(1), long(2)], long(3)),
  accumulated('$sum', [int(1), double('2.0')], double('3.0')),
  accumulated('$sum', [double('0.5'), decimal('0.5')], decimal('1.000000000000000')),
  accumulated('$sum', [int(1), decimal('0.10')], decimal('1.10')),
  accumulated('$sum', [long('9223372036854775807'), int(1)], double('9223372036854775808.0')),
  accumulated('$sum', ['x', null, int(4)], int(4)),
  accumulated('$avg', [int(1), int(2)], double('1.5')),
  accumulated('$avg', [long(4), int(2)], double('3.0')),
  accumulated('$avg', [decimal('1'), decimal('2')], decimal('1.5')),
  accumulated('$avg', ['x', null], null),
  accumulated('$min', [int(2), 'x', null, double('1.5')], double('1.5')),
  accumulated('$max', [int(2), 'x', null, double('1.5')], 'x'),
  accumulated('$max', [date(5), { $oid: OID }, true], date(5)),
  accumulated('$addToSet', [int(1), double('1.0'), long(1)], [int(1)]),
  accumulated('$stdDevPop', [int(2), int(4)], double('1.0')),
];

/** What $inc and $mul make of a number, with its width. */
const changed = (operator: string, [from, by, to]: [unknown, unknown, unknown]): Case => ({
  name: `${operator} of ${JSON.stringify(from)} by ${JSON.stringify(by)} is ${JSON.stringify(to)}`,
  ...([from, by, to].some(isDecimal) ? { needs: 'rare types' } : {}),
  steps: [
    insert({ _id: 1, v: from }),
    { action: 'updateOne', body: { filter: { _id: 1 }, update: { [operator]: { v: by } } } },
    {
      action: 'findOne',
      body: { filter: {}, projection: { _id: 0 } },
      answer: { document: { v: to } },
      ejson: true,
    },
  ],
});

const UPDATES: Case[] = [
  changed('$inc', [int(1), int(2), int(3)]),
  changed('$inc', [int(2_147_483_647), int(1), long('2147483648')]),
  changed('$inc', [int(1), long(2), long(3)]),
  changed('$inc', [int(1), double('0.5'), double('1.5')]),
  changed('$inc', [double('1.0'), int(1), double('2.0')]),
  changed('$inc', [int(1), decimal('0.1'), decimal('1.1')]),
  changed('$mul', [int(2), int(3), int(6)]),
  changed('$mul', [int(2_000_000_000), int(2), long('4000000000')]),
  changed('$mul', [int(2), double('1.5'), double('3.0')]),
  changed('$mul', [decimal('1.5'), int(2), decimal('3.0')]),
  {
    name: 'refuses an $inc beyond an int64',
    steps: [
      insert({ _id: 1, v: long('9223372036854775807') }),
      { action: 'updateOne', body: { filter: {}, update: { $inc: { v: 1 } } }, status: 400 },
    ],
  },
];

export const WIDTH_CASES: Case[] = [...ACCUMULATORS, ...UPDATES];
