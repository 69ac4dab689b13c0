/** Cases of expressions: what each operator makes of a document. */
import { aggregate, type Case, insert, refused } from './case.ts';

const OID = '6193504e1be4ab27791c8133';
const int = (n: number) => ({ $numberInt: String(n) });
const long = (n: number | string) => ({ $numberLong: String(n) });
const double = (n: string) => ({ $numberDouble: n });
const decimal = (n: string) => ({ $numberDecimal: n });
export const at = (text: string) => ({ $date: { $numberLong: String(Date.parse(text)) } });

const DOCUMENT = {
  _id: 1,
  n: 7,
  half: 2.5,
  text: 'Hällo World',
  id: { $oid: OID },
  at: at('2024-02-29T13:45:30.250Z'),
  list: [3, 1, 2],
  pairs: [{ k: 'a', v: 1 }],
  o: { x: 1, y: 2 },
  nothing: null,
};

/** Every database has these. */
function isCommon(expression: unknown): boolean {
  return ['{"$sum":"$list"}', '$type'].some((known) => JSON.stringify(expression).includes(known));
}

/** @param expected in canonical EJSON, so that the width of a number counts. */
export const gives = ([expression, expected]: [unknown, unknown]): Case => ({
  name: `${JSON.stringify(expression)} is ${JSON.stringify(expected)}`,
  ...(isCommon(expression) ? {} : { needs: 'expressions' }),
  steps: [
    insert(DOCUMENT),
    {
      action: 'aggregate',
      body: { pipeline: [{ $project: { _id: 0, value: expression } }] },
      answer: { documents: [expected === undefined ? {} : { value: expected }] },
      ejson: true,
    },
  ],
});

const refuses = (name: string, expression: unknown): Case => ({
  name: `refuses ${name}`,
  steps: [
    insert(DOCUMENT),
    refused('aggregate', { pipeline: [{ $project: { value: expression } }] }, 'MongoDBError'),
  ],
});

const NUMBERS: [unknown, unknown][] = [
  [{ $add: ['$n', 1] }, int(8)],
  [{ $add: ['$n', '$half'] }, double('9.5')],
  [{ $add: [2_147_483_647, 1] }, long('2147483648')],
  [{ $add: [long(1), 1] }, long(2)],
  [{ $add: [decimal('0.1'), 0.2] }, decimal('0.300000000000000')],
  [{ $add: ['$n', '$nothing'] }, null],
  [{ $add: ['$at', 1000] }, at('2024-02-29T13:45:31.250Z')],
  [{ $subtract: ['$n', 10] }, int(-3)],
  [{ $subtract: ['$at', at('2024-02-29T13:45:30.000Z')] }, long(250)],
  [{ $multiply: ['$n', 2] }, int(14)],
  [{ $multiply: ['$half', 2] }, double('5.0')],
  [{ $divide: [6, 3] }, double('2.0')],
  [{ $divide: [decimal('1'), 4] }, decimal('0.25')],
  [{ $mod: ['$n', 4] }, int(3)],
  [{ $mod: [-7, 4] }, int(-3)],
  [{ $mod: [7.5, 2] }, double('1.5')],
  [{ $abs: -5 }, int(5)],
  [{ $ceil: '$half' }, double('3.0')],
  [{ $floor: -2.5 }, double('-3.0')],
  [{ $round: ['$half'] }, double('2.0')],
  [{ $round: [1.255, 2] }, double('1.25')],
  [{ $round: [15, -1] }, int(20)],
  [{ $trunc: [-2.789, 1] }, double('-2.7')],
  [{ $pow: [2, 10] }, int(1024)],
  [{ $pow: [2, 40] }, long('1099511627776')],
  [{ $pow: [2, -1] }, double('0.5')],
  [{ $sqrt: 16 }, double('4.0')],
  [{ $sum: '$list' }, int(6)],
  [{ $avg: '$list' }, double('2.0')],
  [{ $max: ['$n', '$half', 'x'] }, 'x'],
  [{ $min: '$list' }, int(1)],
];

const TYPES: [unknown, unknown][] = [
  [{ $type: '$id' }, 'objectId'],
  [{ $type: '$half' }, 'double'],
  [{ $type: '$n' }, 'int'],
  [{ $type: '$absent' }, 'missing'],
  [{ $toString: '$id' }, OID],
  [{ $toString: '$at' }, '2024-02-29T13:45:30.250Z'],
  [{ $toString: '$half' }, '2.5'],
  [{ $toString: 1e300 }, '1e+300'],
  [{ $toString: true }, 'true'],
  [{ $toString: '$absent' }, null],
  [{ $toDate: '$id' }, at('2021-11-16T06:31:42.000Z')],
  [{ $toDate: '2024-01-01T00:00:00Z' }, at('2024-01-01T00:00:00Z')],
  [{ $toDate: long(5) }, at('1970-01-01T00:00:00.005Z')],
  [{ $toObjectId: OID }, { $oid: OID }],
  [{ $toObjectId: '$id' }, { $oid: OID }],
  [{ $toInt: '42' }, int(42)],
  [{ $toInt: 2.9 }, int(2)],
  [{ $toLong: '42' }, long(42)],
  [{ $toLong: '$at' }, long(Date.parse('2024-02-29T13:45:30.250Z'))],
  [{ $toDouble: '2.50' }, double('2.5')],
  [{ $toDecimal: '2.50' }, decimal('2.50')],
  [{ $toBool: '' }, true],
  [{ $toBool: 0 }, false],
  [{ $convert: { input: 'x', to: 'int', onError: 'none' } }, 'none'],
  [{ $convert: { input: '$absent', to: 'int', onNull: 'null' } }, 'null'],
  [{ $isNumber: '$half' }, true],
];

const TEXTS: [unknown, unknown][] = [
  [{ $concat: ['$text', '!'] }, 'Hällo World!'],
  [{ $concat: ['$text', '$absent'] }, null],
  [{ $toUpper: '$text' }, 'HäLLO WORLD'],
  [{ $strLenCP: '$text' }, int(11)],
  [{ $strLenBytes: '$text' }, int(12)],
  [{ $substrCP: ['$text', 1, 4] }, 'ällo'],
  [{ $substrBytes: ['$text', 1, 2] }, 'ä'],
  [{ $indexOfCP: ['$text', 'World'] }, int(6)],
  [{ $indexOfBytes: ['$text', 'World'] }, int(7)],
  [{ $split: ['$text', ' '] }, ['Hällo', 'World']],
  [{ $trim: { input: '  x ' } }, 'x'],
  [{ $ltrim: { input: 'xxy', chars: 'x' } }, 'y'],
  [{ $replaceOne: { input: 'a-b-c', find: '-', replacement: { $literal: '$&' } } }, 'a$&b-c'],
  [{ $replaceAll: { input: 'a-b-c', find: '-', replacement: '+' } }, 'a+b+c'],
  [{ $replaceAll: { input: '$absent', find: '-', replacement: '+' } }, null],
  [{ $regexMatch: { input: '$text', regex: 'world', options: 'i' } }, true],
  [{ $regexMatch: { input: '$text', regex: '^(?!Hello)H' } }, true],
  [{ $regexMatch: { input: '$absent', regex: 'x' } }, false],
  [
    { $regexFind: { input: '$text', regex: '(l+)(x)?o' } },
    { match: 'llo', idx: int(2), captures: ['ll', null] },
  ],
  [{ $regexFind: { input: '$text', regex: 'x' } }, null],
  [
    { $regexFindAll: { input: 'a1b2', regex: '[0-9]' } },
    [
      { match: '1', idx: int(1), captures: [] },
      { match: '2', idx: int(3), captures: [] },
    ],
  ],
  [
    { $regexMatch: { input: 'A', regex: { $regularExpression: { pattern: 'a', options: 'i' } } } },
    true,
  ],
];

const LISTS: [unknown, unknown][] = [
  [{ $size: '$list' }, int(3)],
  [{ $arrayElemAt: ['$list', -1] }, int(2)],
  [{ $arrayElemAt: ['$list', 9] }, undefined],
  [{ $first: '$list' }, int(3)],
  [{ $slice: ['$list', 1, 5] }, [int(1), int(2)]],
  [{ $in: [2.0, '$list'] }, true],
  [{ $concatArrays: ['$list', [9]] }, [int(3), int(1), int(2), int(9)]],
  [{ $filter: { input: '$list', as: 'x', cond: { $gt: ['$$x', 1] } } }, [int(3), int(2)]],
  [{ $map: { input: '$list', in: { $multiply: ['$$this', 2] } } }, [int(6), int(2), int(4)]],
  [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, int(6)],
  [{ $sortArray: { input: '$list', sortBy: 1 } }, [int(1), int(2), int(3)]],
  [{ $range: [0, 5, 2] }, [int(0), int(2), int(4)]],
  [{ $setUnion: [[1, 2], [2.0]] }, [int(1), int(2)]],
  [{ $indexOfArray: ['$list', 2] }, int(2)],
  [{ $reverseArray: '$list' }, [int(2), int(1), int(3)]],
  [{ $arrayToObject: '$pairs' }, { a: int(1) }],
  [
    { $objectToArray: '$o' },
    [
      { k: 'x', v: int(1) },
      { k: 'y', v: int(2) },
    ],
  ],
  [{ $mergeObjects: ['$o', { y: 3 }] }, { x: int(1), y: int(3) }],
  [{ $getField: { field: 'x', input: '$o' } }, int(1)],
];

const LOGIC: [unknown, unknown][] = [
  [{ $cond: [{ $gt: ['$n', 5] }, 'large', 'small'] }, 'large'],
  [{ $ifNull: ['$absent', '$nothing', 'none'] }, 'none'],
  [
    // oxlint-disable-next-line unicorn/no-thenable -- MongoDB's own word
    { $switch: { branches: [{ case: { $eq: ['$n', 7] }, then: 'seven' }], default: 'other' } },
    'seven',
  ],
  [{ $cmp: ['$n', 7.0] }, int(0)],
  [{ $lt: ['$absent', null] }, true],
  [{ $gt: ['x', 5] }, true],
  [
    {
      $eq: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
    false,
  ],
  [{ $and: ['$n', ''] }, true],
  [{ $literal: '$n' }, '$n'],
  [{ $let: { vars: { twice: { $multiply: ['$n', 2] } }, in: { $add: ['$$twice', 1] } } }, int(15)],
];

export const EXPRESSION_CASES: Case[] = [
  ...[...NUMBERS, ...TYPES, ...TEXTS, ...LISTS, ...LOGIC].map(gives),
  refuses('a division by zero', { $divide: [1, 0] }),
  refuses('a sum of a text', { $add: ['$text', 1] }),
  refuses('an ObjectId of a text that is none', { $toObjectId: 'zz' }),
  refuses('a number of a text that is none', { $toInt: '4.5x' }),
  refuses('a date of a text that is none', { $dateFromString: { dateString: 'tomorrow' } }),
  refuses('a regular expression that is none', { $regexMatch: { input: 'x', regex: '(' } }),
  refuses('a variable that is none', { $add: ['$$none', 1] }),
  {
    name: 'finds by an expression over ids',
    needs: 'expressions',
    steps: [
      insert(DOCUMENT),
      aggregate(
        [{ $match: { $expr: { $eq: [{ $toString: '$id' }, OID] } } }, { $project: { n: 1 } }],
        [{ _id: 1, n: 7 }],
      ),
    ],
  },
];
