/** Cases of BSON's types in filters, sorts, groups and arithmetic. */
import { type Case, find, insert, type Step } from './case.ts';

const OID = '6193504e1be4ab27791c8133';
const int = (n: number) => ({ $numberInt: String(n) });
const long = (n: number | string) => ({ $numberLong: String(n) });
const double = (n: string) => ({ $numberDouble: n });
const decimal = (n: string) => ({ $numberDecimal: n });
const date = (ms: number) => ({ $date: { $numberLong: String(ms) } });
const binary = (base64: string, subType = '00') => ({ $binary: { base64, subType } });
const UUID = binary('yO2rw/c4TKO2jauSqRR4ow==', '04');
const regex = { $regularExpression: { pattern: '^a', options: 'i' } };
const timestamp = { $timestamp: { t: 1, i: 2 } };

/** One value of each type, by its name for `$type`, in the order in which they compare. */
const IN_ORDER: [string, unknown][] = [
  ['minKey', { $minKey: 1 }],
  ['null', null],
  ['double', double('-1.5')],
  ['int', int(1)],
  ['long', long(2)],
  ['decimal', decimal('2.5')],
  ['string', 'text'],
  ['object', { a: 1 }],
  ['binData', binary('AQID')],
  ['objectId', { $oid: OID }],
  ['bool', false],
  ['date', date(5)],
  ['timestamp', timestamp],
  ['regex', regex],
  ['maxKey', { $maxKey: 1 }],
];
/** Without what only a MongoDB itself stores. */
const COMMON = IN_ORDER.filter(
  ([name]) => !['minKey', 'maxKey', 'decimal', 'symbol'].includes(name),
);

const allOf = (values: [string, unknown][]): Step =>
  insert(...values.map(([name, v]) => ({ _id: name, v })).toReversed());
const names = (values: [string, unknown][]) => values.map(([name]) => ({ _id: name }));
const sortedBy = (way: 1 | -1, values: [string, unknown][]): Step =>
  find({ sort: { v: way }, projection: { _id: 1 } }, names(values));

const ORDER: Case[] = [
  {
    name: 'sorts the common types in the order of BSON, up and down',
    steps: [allOf(COMMON), sortedBy(1, COMMON), sortedBy(-1, COMMON.toReversed())],
  },
  {
    name: 'sorts all types in the order of BSON, up and down',
    needs: 'rare types',
    steps: [allOf(IN_ORDER), sortedBy(1, IN_ORDER), sortedBy(-1, IN_ORDER.toReversed())],
  },
  {
    name: 'compares texts by their code points, and objects by the order of their fields',
    steps: [
      insert(
        { _id: 1, v: '\u{1f389}' },
        { _id: 2, v: '\uffee' },
        { _id: 3, v: 'Z' },
        { _id: 4, v: 'a' },
      ),
      find({ sort: { v: 1 }, projection: { _id: 1 } }, [
        { _id: 3 },
        { _id: 4 },
        { _id: 2 },
        { _id: 1 },
      ]),
    ],
  },
  {
    name: 'compares lists by their smallest element upwards and by their largest downwards',
    steps: [
      insert(
        { _id: 1, v: [1, 9] },
        { _id: 2, v: 5 },
        { _id: 3, v: [2, 3] },
        { _id: 4, v: [] },
        { _id: 5 },
      ),
      find({ sort: { v: 1 }, projection: { _id: 1 } }, [
        { _id: 4 },
        { _id: 5 },
        { _id: 1 },
        { _id: 3 },
        { _id: 2 },
      ]),
      find({ sort: { v: -1 }, projection: { _id: 1 } }, [
        { _id: 1 },
        { _id: 2 },
        { _id: 3 },
        { _id: 5 },
        { _id: 4 },
      ]),
    ],
  },
  {
    name: 'compares within a type only, but for MinKey and MaxKey',
    needs: 'rare types',
    steps: [
      allOf(IN_ORDER),
      find({ filter: { v: { $gt: 1 } }, sort: { v: 1 }, projection: { _id: 1 } }, [
        { _id: 'long' },
        { _id: 'decimal' },
      ]),
      find(
        { filter: { v: { $gt: { $minKey: 1 } } }, sort: { v: 1 }, projection: { _id: 1 } },
        names(IN_ORDER.slice(1)),
      ),
    ],
  },
];

const byType = (name: string, ...found: string[]): Case => ({
  name: `finds by $type ${name}`,
  steps: [
    allOf(COMMON),
    find(
      { filter: { v: { $type: name } }, sort: { v: 1 }, projection: { _id: 1 } },
      found.map((_id) => ({ _id })),
    ),
  ],
});

const TYPES: Case[] = [
  ...COMMON.filter(([name]) => name !== 'null' && name !== 'undefined').map(([name]) =>
    byType(name, name),
  ),
  byType('null', 'null'),
  byType('number', 'double', 'int', 'long'),
  {
    name: 'finds by several types, by their numbers, and the elements of a list',
    needs: 'lists of types',
    steps: [
      insert(
        { _id: 1, v: 'x' },
        { _id: 2, v: [1, 'y'] },
        { _id: 3, v: true },
        { _id: 4, v: { $oid: OID } },
      ),
      find({ filter: { v: { $type: [2, 'bool'] } }, sort: { _id: 1 }, projection: { _id: 1 } }, [
        { _id: 1 },
        { _id: 2 },
        { _id: 3 },
      ]),
      find({ filter: { v: { $type: 7 } }, projection: { _id: 1 } }, [{ _id: 4 }]),
      find({ filter: { v: { $type: 'array' } }, projection: { _id: 1 } }, [{ _id: 2 }]),
    ],
  },
  {
    name: 'names every type in expressions',
    needs: 'expressions',
    steps: [
      allOf(IN_ORDER),
      {
        action: 'aggregate',
        body: { pipeline: [{ $sort: { v: 1 } }, { $project: { _id: 0, t: { $type: '$v' } } }] },
        answer: { documents: IN_ORDER.map(([t]) => ({ t })) },
      },
      {
        action: 'aggregate',
        body: {
          pipeline: [
            { $limit: 1 },
            { $project: { _id: 0, t: { $type: '$absent' }, l: { $type: [[1]] } } },
          ],
        },
        answer: { documents: [{ t: 'missing', l: 'array' }] },
      },
    ],
  },
];

const group = (pipeline: unknown[], documents: unknown[]): Step => ({
  action: 'aggregate',
  body: { pipeline },
  answer: { documents },
  ejson: true,
});

const GROUPS: Case[] = [
  {
    name: 'groups numbers of all widths into one, and no text with them',
    steps: [
      insert(
        { _id: 1, v: int(1) },
        { _id: 2, v: long(1) },
        { _id: 3, v: double('1.0') },
        { _id: 4, v: '1' },
      ),
      group(
        [
          { $group: { _id: '$v', n: { $sum: 1 } } },
          { $sort: { n: -1 } },
          { $project: { _id: 0, n: 1 } },
        ],
        [{ n: int(3) }, { n: int(1) }],
      ),
    ],
  },
  {
    name: 'groups a decimal with its equals, and what is missing with null',
    needs: 'rare types',
    steps: [
      insert(
        { _id: 1, v: int(1) },
        { _id: 2, v: decimal('1.00') },
        { _id: 3, v: null },
        { _id: 4 },
      ),
      group(
        [
          { $group: { _id: '$v', n: { $sum: 1 } } },
          { $sort: { _id: 1 } },
          { $project: { n: 1, _id: 0 } },
        ],
        [{ n: int(2) }, { n: int(2) }],
      ),
    ],
  },
  {
    name: 'finds a number of any width by an equal one, and takes equal ids for one',
    needs: 'rare types',
    steps: [
      insert({ _id: int(5), v: decimal('2.50') }),
      find({ filter: { v: 2.5 }, projection: { _id: 1 } }, [{ _id: 5 }]),
      find({ filter: { _id: decimal('5.0') }, projection: { _id: 1 } }, [{ _id: 5 }]),
      {
        action: 'insertOne',
        body: { document: { _id: double('5.0') } },
        status: 400,
      },
      find({ filter: { v: decimal('2.5000000000000000000000001') } }, []),
    ],
  },
  {
    name: 'keeps a UUID, and finds it',
    steps: [
      insert({ _id: UUID, v: 1 }),
      {
        action: 'findOne',
        body: { filter: { _id: UUID } },
        answer: { document: { _id: UUID, v: int(1) } },
        ejson: true,
      },
    ],
  },
];

export const BSON_CASES: Case[] = [...ORDER, ...TYPES, ...GROUPS];
