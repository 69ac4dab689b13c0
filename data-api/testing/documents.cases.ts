/** Cases of finding, inserting, replacing and deleting. */
import { type Case, find, findOne, insert, refused, update } from './case.ts';

const A = { _id: 'a', item: 'lamp', rating: 5, tags: ['x', 'y'] };
const B = { _id: 'b', item: 'lamp', rating: 3, tags: ['y'] };
const C = { _id: 'c', item: 'desk', rating: 4, by: { name: 'Ada', age: 36 } };
const D = { _id: 'd', item: 'desk', rating: 1, by: { name: 'Bob', age: 20 } };

const given = insert(A, B, C, D);
const ids = (...list: string[]) => list.map((_id) => ({ _id }));
const byFilter = (name: string, filter: Record<string, unknown>, ...found: string[]): Case => ({
  name: `finds by ${name}`,
  steps: [given, find({ filter, projection: { _id: 1 }, sort: { _id: 1 } }, ids(...found))],
});

export const QUERY_CASES: Case[] = [
  byFilter('equality', { item: 'lamp' }, 'a', 'b'),
  byFilter('several fields', { item: 'desk', rating: 4 }, 'c'),
  byFilter('_id', { _id: 'b' }, 'b'),
  byFilter('_id and a field that differs', { _id: 'b', item: 'desk' }),
  byFilter('a field inside', { 'by.name': 'Ada' }, 'c'),
  byFilter('a list that holds a value', { tags: 'y' }, 'a', 'b'),
  byFilter('$eq', { rating: { $eq: 3 } }, 'b'),
  byFilter('$ne', { item: { $ne: 'lamp' } }, 'c', 'd'),
  byFilter('$gt and $lte', { rating: { $gt: 1, $lte: 4 } }, 'b', 'c'),
  byFilter('$gte and $lt', { rating: { $gte: 3, $lt: 5 } }, 'b', 'c'),
  byFilter('$gt of a text, which no number is', { rating: { $gt: '' } }),
  byFilter('$gt of an empty text', { item: { $gt: '' } }, 'a', 'b', 'c', 'd'),
  byFilter('$in', { rating: { $in: [1, 5, 9] } }, 'a', 'd'),
  byFilter('$nin', { rating: { $nin: [1, 5] } }, 'b', 'c'),
  byFilter('$or', { $or: [{ rating: 5 }, { 'by.age': { $lt: 30 } }] }, 'a', 'd'),
  byFilter('$and', { $and: [{ item: 'lamp' }, { rating: 3 }] }, 'b'),
  byFilter('$nor', { $nor: [{ item: 'lamp' }, { rating: 4 }] }, 'd'),
  byFilter('$not', { rating: { $not: { $gt: 3 } } }, 'b', 'd'),
  byFilter('$exists', { by: { $exists: true } }, 'c', 'd'),
  byFilter('what is not there', { by: null }, 'a', 'b'),
  byFilter('$regex', { item: { $regex: '^LA', $options: 'i' } }, 'a', 'b'),
  byFilter('$all', { tags: { $all: ['x', 'y'] } }, 'a'),
  byFilter('$size', { tags: { $size: 1 } }, 'b'),
  byFilter('a whole object', { by: { name: 'Ada', age: 36 } }, 'c'),
  byFilter('nothing at all', {}, 'a', 'b', 'c', 'd'),
  {
    name: 'sorts down, skips and limits',
    steps: [
      given,
      find({ sort: { rating: -1 }, skip: 1, limit: 2, projection: { _id: 1 } }, ids('c', 'b')),
    ],
  },
  {
    name: 'sorts by two fields in their order',
    steps: [
      given,
      find({ sort: { item: 1, rating: -1 }, projection: { _id: 1 } }, ids('c', 'd', 'a', 'b')),
    ],
  },
  {
    name: 'takes a limit of 0 for none',
    steps: [
      given,
      find({ limit: 0, sort: { _id: 1 }, projection: { _id: 1 } }, ids('a', 'b', 'c', 'd')),
      find({ limit: 0, skip: 3, sort: { _id: 1 }, projection: { _id: 1 } }, ids('d')),
    ],
  },
  {
    name: 'shows the fields that are asked for, and _id',
    steps: [
      given,
      find({ filter: { _id: 'c' }, projection: { item: 1 } }, [{ _id: 'c', item: 'desk' }]),
    ],
  },
  {
    name: 'hides the fields that are not wanted',
    steps: [
      given,
      find({ filter: { _id: 'c' }, projection: { by: 0, _id: 0 } }, [{ item: 'desk', rating: 4 }]),
    ],
  },
  {
    name: 'shows a field inside',
    steps: [
      given,
      find({ filter: { _id: 'c' }, projection: { 'by.age': 1, _id: 0 } }, [{ by: { age: 36 } }]),
    ],
  },
  { name: 'finds one', steps: [given, findOne({ _id: 'a' }, A)] },
  { name: 'finds none as null', steps: [given, findOne({ _id: 'z' }, null)] },
  {
    name: 'refuses a broken regular expression',
    steps: [given, refused('find', { filter: { item: { $regex: '(' } } }, 'MongoDBError')],
  },
  {
    name: 'refuses an answer that is too large, instead of cutting it',
    steps: [
      insert({ _id: 1, text: 'x'.repeat(3_000_000) }),
      insert({ _id: 2, text: 'x'.repeat(3_000_000) }),
      insert({ _id: 3, text: 'x'.repeat(3_000_000) }),
      refused('find', {}, 'ResponseTooLarge'),
      find({ projection: { _id: 1 }, sort: { _id: 1 } }, [{ _id: 1 }, { _id: 2 }, { _id: 3 }]),
    ],
  },
  {
    name: 'refuses $in without a list',
    steps: [given, refused('find', { filter: { item: { $in: 5 } } }, 'MongoDBError')],
  },
];

export const WRITE_CASES: Case[] = [
  {
    name: 'inserts one and tells its id',
    steps: [
      { action: 'insertOne', body: { document: A }, answer: { insertedId: 'a' } },
      findOne({ _id: 'a' }, A),
    ],
  },
  {
    name: 'inserts many and tells their ids in order',
    steps: [
      {
        action: 'insertMany',
        body: { documents: [B, A] },
        answer: { insertedIds: ['b', 'a'] },
      },
      find({ sort: { _id: 1 } }, [A, B]),
    ],
  },
  {
    name: 'refuses an _id that is taken, and keeps what was there',
    steps: [
      insert(A),
      refused('insertOne', { document: { _id: 'a', item: 'other' } }, 'DuplicateKey'),
      find({}, [A]),
    ],
  },
  {
    name: 'inserts in order up to the document whose _id is taken',
    steps: [
      insert(B),
      refused('insertMany', { documents: [A, { _id: 'b' }, C] }, 'DuplicateKey'),
      find({ sort: { _id: 1 } }, [A, B]),
    ],
  },
  {
    name: 'keeps null, empty text, list and object apart',
    steps: [
      insert({ _id: 1, n: null, t: '', l: [], o: {}, f: false, z: 0 }),
      findOne({ _id: 1 }, { _id: 1, n: null, t: '', l: [], o: {}, f: false, z: 0 }),
    ],
  },
  {
    name: 'keeps text of any script and control characters',
    steps: [
      insert({ _id: 1, t: 'Größe 漢字 🎉 \u0000\n"\\' }),
      findOne({ _id: 1 }, { _id: 1, t: 'Größe 漢字 🎉 \u0000\n"\\' }),
    ],
  },
  {
    name: 'keeps fields that are named like those of every JavaScript object',
    steps: [
      insert({ _id: 1, constructor: { prototype: 'p' }, toString: 't', hasOwnProperty: 1 }),
      findOne(
        { toString: 't' },
        { _id: 1, constructor: { prototype: 'p' }, toString: 't', hasOwnProperty: 1 },
      ),
      findOne({ valueOf: 1 }, null),
    ],
  },
  {
    name: 'deletes one of several',
    steps: [
      given,
      {
        action: 'deleteOne',
        body: { filter: { item: 'lamp' } },
        answer: { deletedCount: 1 },
      },
      find({ filter: { item: 'desk' }, projection: { _id: 1 }, sort: { _id: 1 } }, ids('c', 'd')),
    ],
  },
  {
    name: 'deletes many',
    steps: [
      given,
      {
        action: 'deleteMany',
        body: { filter: { rating: { $gte: 3 } } },
        answer: { deletedCount: 3 },
      },
      find({}, [D]),
    ],
  },
  {
    name: 'deletes nothing where nothing matches',
    steps: [
      given,
      {
        action: 'deleteOne',
        body: { filter: { _id: 'z' } },
        answer: { deletedCount: 0 },
      },
    ],
  },
  {
    name: 'replaces a document and keeps its _id',
    steps: [
      given,
      {
        action: 'replaceOne',
        body: { filter: { _id: 'a' }, replacement: { item: 'vase' } },
        answer: { matchedCount: 1, modifiedCount: 1 },
      },
      findOne({ _id: 'a' }, { _id: 'a', item: 'vase' }),
    ],
  },
  {
    name: 'replaces nothing where nothing matches',
    steps: [
      {
        action: 'replaceOne',
        body: { filter: { _id: 'a' }, replacement: { item: 'vase' } },
        answer: { matchedCount: 0, modifiedCount: 0 },
      },
    ],
  },
  {
    name: 'inserts a replacement under the _id of the filter',
    steps: [
      {
        action: 'replaceOne',
        body: { filter: { _id: 'n' }, replacement: { item: 'vase' }, upsert: true },
        answer: { matchedCount: 0, modifiedCount: 0, upsertedId: 'n' },
      },
      findOne({ item: 'vase' }, { _id: 'n', item: 'vase' }),
    ],
  },
  {
    name: 'sees each write in the next read',
    steps: [
      insert(A),
      update({ _id: 'a' }, { $set: { rating: 1 } }),
      findOne({ rating: 1 }, { ...A, rating: 1 }),
    ],
  },
];
