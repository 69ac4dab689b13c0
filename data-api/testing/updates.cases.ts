/** Cases of update operators and upserts. */
import { type Case, find, findOne, insert, refused, update } from './case.ts';

const NOTHING = { matchedCount: 1, modifiedCount: 0 };

const changes = (
  name: string,
  [before, change, after]: [
    Record<string, unknown>,
    Record<string, unknown>,
    Record<string, unknown>,
  ],
): Case => ({
  name,
  steps: [
    insert({ _id: 1, ...before }),
    update({ _id: 1 }, change),
    findOne({ _id: 1 }, { _id: 1, ...after }),
  ],
});

export const UPDATE_CASES: Case[] = [
  changes('$set sets a field', [{ a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }]),
  changes('$set makes the objects on the way', [
    {},
    { $set: { 'a.b.c': 1 } },
    { a: { b: { c: 1 } } },
  ]),
  changes('$set sets an element of a list', [{ l: [1, 2] }, { $set: { 'l.1': 9 } }, { l: [1, 9] }]),
  changes('$unset removes a field', [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }]),
  changes('$inc adds', [{ n: 5 }, { $inc: { n: -2 } }, { n: 3 }]),
  changes('$inc starts at zero', [{}, { $inc: { n: 2 } }, { n: 2 }]),
  changes('$inc counts inside', [{ c: { up: 1 } }, { $inc: { 'c.up': 1 } }, { c: { up: 2 } }]),
  changes('$mul multiplies', [{ n: 5 }, { $mul: { n: 3 } }, { n: 15 }]),
  changes('$min lowers', [{ n: 5 }, { $min: { n: 3 } }, { n: 3 }]),
  changes('$max raises', [{ n: 5 }, { $max: { n: 7 } }, { n: 7 }]),
  changes('$rename renames', [{ a: 1 }, { $rename: { a: 'b' } }, { b: 1 }]),
  changes('$push appends', [{ l: [1] }, { $push: { l: 2 } }, { l: [1, 2] }]),
  changes('$push starts a list', [{}, { $push: { l: { by: 'Ada' } } }, { l: [{ by: 'Ada' }] }]),
  changes('$push appends $each', [
    { l: [1] },
    { $push: { l: { $each: [2, 3] } } },
    { l: [1, 2, 3] },
  ]),
  changes('$addToSet adds what is new', [{ l: [1] }, { $addToSet: { l: 2 } }, { l: [1, 2] }]),
  changes('$pull removes a value', [{ l: [1, 2, 1] }, { $pull: { l: 1 } }, { l: [2] }]),
  changes('$pullAll removes values', [{ l: [1, 2, 3] }, { $pullAll: { l: [1, 3] } }, { l: [2] }]),
  changes('$pop removes the last', [{ l: [1, 2] }, { $pop: { l: 1 } }, { l: [1] }]),
  changes('applies several operators at once', [
    { n: 1, l: [], old: true },
    { $set: { a: 1 }, $inc: { n: 1 }, $push: { l: 'x' }, $unset: { old: '' } },
    { n: 2, l: ['x'], a: 1 },
  ]),
  {
    needs: '$push with $slice',
    ...changes('$push keeps the last of a $slice', [
      { l: [1, 2] },
      { $push: { l: { $each: [3], $slice: -2 } } },
      { l: [2, 3] },
    ]),
  },
  {
    name: 'updates the element of a list that matched',
    needs: 'positional updates',
    steps: [
      insert({
        _id: 1,
        l: [
          { id: 'a', n: 1 },
          { id: 'b', n: 1 },
        ],
      }),
      update({ _id: 1, 'l.id': 'b' }, { $set: { 'l.$.n': 5 } }),
      findOne(
        { _id: 1 },
        {
          _id: 1,
          l: [
            { id: 'a', n: 1 },
            { id: 'b', n: 5 },
          ],
        },
      ),
    ],
  },
  {
    name: 'counts a match that changes nothing',
    steps: [
      insert({ _id: 1, a: 1, l: ['x'] }),
      update({ _id: 1 }, { $set: { a: 1 } }, NOTHING),
      update({ _id: 1 }, { $addToSet: { l: 'x' } }, NOTHING),
      update({ _id: 1 }, { $setOnInsert: { a: 9 } }, NOTHING),
    ],
  },
  {
    name: 'updates the first of several, or all of them',
    steps: [
      insert({ _id: 1, k: 'a' }, { _id: 2, k: 'a' }, { _id: 3, k: 'b' }),
      update({ k: 'a' }, { $set: { seen: true } }),
      {
        action: 'updateMany',
        body: { filter: { k: 'a' }, update: { $inc: { n: 1 } } },
        answer: { matchedCount: 2, modifiedCount: 2 },
      },
      find({ filter: { n: 1 }, projection: { _id: 1 }, sort: { _id: 1 } }, [
        { _id: 1 },
        { _id: 2 },
      ]),
    ],
  },
  {
    name: 'does not count a replacement by the same fields as modified',
    needs: 'unmodified replacements',
    steps: [
      insert({ _id: 3, b: {} }),
      {
        action: 'replaceOne',
        body: { filter: { _id: 3 }, replacement: { b: {} } },
        answer: { matchedCount: 1, modifiedCount: 0 },
      },
      findOne({ _id: 3 }, { _id: 3, b: {} }),
    ],
  },
  {
    name: 'upserts from filter, $set and $setOnInsert, and only once',
    steps: [
      update(
        { _id: 'item:customer' },
        { $set: { rating: 4 }, $setOnInsert: { createdAt: 'then' } },
        { matchedCount: 0, modifiedCount: 0, upsertedId: 'item:customer' },
      ),
      {
        action: 'updateOne',
        body: {
          filter: { _id: 'item:customer' },
          update: { $set: { rating: 2 }, $setOnInsert: { createdAt: 'now' } },
          upsert: true,
        },
        answer: { matchedCount: 1, modifiedCount: 1 },
      },
      find({}, [{ _id: 'item:customer', rating: 2, createdAt: 'then' }]),
    ],
  },
  {
    name: 'upserts with $inc and $push, from equalities of the filter only',
    steps: [
      update(
        { _id: 1, kind: 'k', n: { $lt: 5 } },
        { $inc: { n: 1 }, $push: { l: 'x' } },
        { matchedCount: 0, modifiedCount: 0, upsertedId: 1 },
      ),
      findOne({ _id: 1 }, { _id: 1, kind: 'k', n: 1, l: ['x'] }),
    ],
  },
  {
    name: 'refuses an upsert whose _id another filter field hides',
    steps: [
      insert({ _id: 1, a: 1 }),
      refused(
        'updateOne',
        { filter: { _id: 1, a: 2 }, update: { $set: { b: 1 } }, upsert: true },
        'DuplicateKey',
      ),
      find({}, [{ _id: 1, a: 1 }]),
    ],
  },
  {
    name: 'refuses to count up what is no number, and changes nothing',
    steps: [
      insert({ _id: 1, a: 'x', n: 1 }),
      refused(
        'updateOne',
        { filter: { _id: 1 }, update: { $inc: { n: 1, a: 1 } } },
        'MongoDBError',
      ),
      findOne({ _id: 1 }, { _id: 1, a: 'x', n: 1 }),
    ],
  },
  {
    name: 'refuses to append to what is no list',
    steps: [
      insert({ _id: 1, a: 'x' }),
      refused('updateOne', { filter: { _id: 1 }, update: { $push: { a: 1 } } }, 'MongoDBError'),
    ],
  },
  {
    name: 'refuses to change an _id',
    steps: [
      insert({ _id: 1 }),
      refused('updateOne', { filter: { _id: 1 }, update: { $set: { _id: 2 } } }, 'MongoDBError'),
      refused('replaceOne', { filter: { _id: 1 }, replacement: { _id: 2 } }, 'MongoDBError'),
      find({}, [{ _id: 1 }]),
    ],
  },
];
