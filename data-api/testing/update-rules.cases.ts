/** Cases of update operators where a field is absent, null, of another type or in the way. */
import { type Case, findOne, insert, refused, update } from './case.ts';

type Fields = Record<string, unknown>;

export const becomes = (name: string, [before, change, after]: [Fields, Fields, Fields]): Case => ({
  name,
  steps: [
    insert({ _id: 1, ...before }),
    update({ _id: 1 }, change, { matchedCount: 1, modifiedCount: 1 }),
    findOne({ _id: 1 }, { _id: 1, ...after }),
  ],
});

const stays = (name: string, before: Fields, change: Fields): Case => ({
  name,
  steps: [
    insert({ _id: 1, ...before }),
    update({ _id: 1 }, change, { matchedCount: 1, modifiedCount: 0 }),
    findOne({ _id: 1 }, { _id: 1, ...before }),
  ],
});

export const refuses = (name: string, before: Fields, change: Fields): Case => ({
  name: `refuses ${name}`,
  steps: [
    insert({ _id: 1, ...before }),
    refused('updateOne', { filter: { _id: 1 }, update: change }, 'MongoDBError'),
    findOne({ _id: 1 }, { _id: 1, ...before }),
  ],
});

/** What every operator that writes does on a way that it cannot go. */
const WRITERS: [string, unknown][] = [
  ['$set', 1],
  ['$inc', 1],
  ['$mul', 2],
  ['$min', 1],
  ['$max', 1],
  ['$push', 1],
  ['$addToSet', 1],
  ['$currentDate', true],
];
const throughWhat: [string, unknown][] = [
  ['a number', 1],
  ['a text', 'x'],
  ['null', null],
  ['a boolean', true],
];

const IN_THE_WAY: Case[] = WRITERS.flatMap(([operator, operand]) =>
  throughWhat.map(([what, a]) =>
    refuses(`${operator} of a path through ${what}`, { a }, { [operator]: { 'a.b': operand } }),
  ),
);
const THROUGH_A_LIST: Case[] = WRITERS.map(([operator, operand]) =>
  refuses(`${operator} of a name in a list`, { a: [1] }, { [operator]: { 'a.b': operand } }),
);

/** These do nothing where a field is absent, but not where it could not be. */
const REMOVERS: Case[] = (
  [
    ['$pop', 1],
    ['$pull', 1],
    ['$pullAll', [1]],
  ] as const
).flatMap(([operator, operand]) =>
  [...throughWhat, ['a list', [1]] as const].map(([what, a]) =>
    refuses(`${operator} of a path through ${what}`, { a }, { [operator]: { 'a.b': operand } }),
  ),
);

const ABSENT: Case[] = [
  becomes('$inc of what is absent sets it', [{}, { $inc: { 'a.b': 2 } }, { a: { b: 2 } }]),
  becomes('$mul of what is absent is zero', [{}, { $mul: { n: 3 } }, { n: 0 }]),
  becomes('$min of what is absent sets it', [{}, { $min: { n: 3 } }, { n: 3 }]),
  becomes('$max of what is absent sets it', [{}, { $max: { n: 3 } }, { n: 3 }]),
  becomes('$push to what is absent starts a list', [
    {},
    { $push: { 'a.l': 1 } },
    { a: { l: [1] } },
  ]),
  becomes('$addToSet of $each to what is absent starts a list without repetition', [
    {},
    { $addToSet: { l: { $each: [1, 2, 1] } } },
    { l: [1, 2] },
  ]),
  {
    ...becomes('$addToSet of an empty $each to what is absent starts an empty list', [
      {},
      { $addToSet: { l: { $each: [] } } },
      { l: [] },
    ]),
    needs: 'an empty $each',
  },
  stays('$unset of what is absent changes nothing', { a: 1 }, { $unset: { b: '' } }),
  stays('$unset of a path through a scalar changes nothing', { a: 1 }, { $unset: { 'a.b': '' } }),
  stays('$rename of what is absent changes nothing', { a: 1 }, { $rename: { b: 'c' } }),
  stays('$pop of what is absent changes nothing', { a: 1 }, { $pop: { l: 1 } }),
  stays('$pull of what is absent changes nothing', { a: 1 }, { $pull: { l: 1 } }),
  stays('$pullAll of what is absent changes nothing', { a: 1 }, { $pullAll: { l: [1] } }),
];

const WRONG_TYPE: Case[] = [
  refuses('$inc of null', { n: null }, { $inc: { n: 1 } }),
  refuses('$inc of a list', { n: [1] }, { $inc: { n: 1 } }),
  refuses('$inc by a text', { n: 1 }, { $inc: { n: 'x' } }),
  refuses('$mul of null', { n: null }, { $mul: { n: 1 } }),
  refuses('$mul of a text', { n: 'x' }, { $mul: { n: 2 } }),
  refuses('$mul by a text', { n: 1 }, { $mul: { n: 'x' } }),
  refuses('$push to null', { l: null }, { $push: { l: 1 } }),
  refuses('$push of an $each that is no list', { l: [] }, { $push: { l: { $each: 1 } } }),
  refuses('$push to a number', { l: 5 }, { $push: { l: { $each: [1] } } }),
  refuses('$addToSet to null', { l: null }, { $addToSet: { l: 1 } }),
  refuses('$addToSet to a text', { l: 'x' }, { $addToSet: { l: 1 } }),
  refuses('$addToSet of an $each that is no list', {}, { $addToSet: { l: { $each: 1 } } }),
  refuses('$pull of a number', { l: 5 }, { $pull: { l: 5 } }),
  refuses('$pull of null', { l: null }, { $pull: { l: 5 } }),
  refuses('$pullAll of a text', { l: 'x' }, { $pullAll: { l: ['x'] } }),
  refuses('$pullAll without a list', { l: [1] }, { $pullAll: { l: 1 } }),
  refuses('$pop of a number', { l: 5 }, { $pop: { l: 1 } }),
  refuses('$pop of null', { l: null }, { $pop: { l: 1 } }),
  refuses('$pop by 2', { l: [1] }, { $pop: { l: 2 } }),
  refuses('$currentDate of an unknown type', {}, { $currentDate: { a: { $type: 'year' } } }),
  refuses('$rename to the same name', { a: 1 }, { $rename: { a: 'a' } }),
  refuses('$rename to no text', { a: 1 }, { $rename: { a: 1 } }),
  refuses('an update of one field by two operators', { a: 1 }, { $set: { a: 2 }, $inc: { a: 1 } }),
  refuses('an update of a field and of what is in it', {}, { $set: { a: {}, 'a.b': 1 } }),
];

const MESSAGES: Case[] = [
  {
    name: 'says in the words of MongoDB what is in the way',
    needs: "MongoDB's messages",
    steps: [
      insert({ _id: 1, a: 1 }),
      {
        action: 'updateOne',
        body: { filter: { _id: 1 }, update: { $set: { 'a.b': 2 } } },
        status: 400,
        answer: {
          error: "(PathNotViable) Cannot create field 'b' in element {a: 1}",
          error_code: 'MongoDBError',
        },
      },
    ],
  },
];

export const UPDATE_RULE_CASES: Case[] = [
  ...ABSENT,
  ...IN_THE_WAY,
  ...THROUGH_A_LIST,
  ...REMOVERS,
  ...WRONG_TYPE,
  ...MESSAGES,
];
