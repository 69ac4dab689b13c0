/** Cases of update operators on lists. */
import { type Case, findOne, insert, update } from './case.ts';
import { becomes, refuses } from './update-rules.cases.ts';

export const LIST_UPDATE_CASES: Case[] = [
  {
    ...becomes('$push puts, sorts and cuts, in this order', [
      { l: [{ n: 5 }, { n: 2 }] },
      { $push: { l: { $each: [{ n: 9 }, { n: 1 }], $sort: { n: -1 }, $slice: 3 } } },
      { l: [{ n: 9 }, { n: 5 }, { n: 2 }] },
    ]),
    needs: '$push with $slice',
  },
  {
    ...becomes('$push with $sort alone sorts a list', [
      { l: [3, 1, 2] },
      { $push: { l: { $each: [], $sort: 1 } } },
      { l: [1, 2, 3] },
    ]),
    needs: '$push with $slice',
  },
  {
    ...becomes('$push puts at a $position from the start', [
      { l: [1, 2] },
      { $push: { l: { $each: [8, 9], $position: 1 } } },
      { l: [1, 8, 9, 2] },
    ]),
    needs: '$push with $slice',
  },
  {
    ...becomes('$push puts at a $position from the end', [
      { l: [1, 2] },
      { $push: { l: { $each: [9], $position: -1 } } },
      { l: [1, 9, 2] },
    ]),
    needs: '$push with $slice',
  },
  becomes('$push puts beyond the end at the end', [
    { l: [1] },
    { $push: { l: { $each: [2], $position: 10 } } },
    { l: [1, 2] },
  ]),
  {
    ...becomes('$push with a $slice of 0 empties a list', [
      { l: [1] },
      { $push: { l: { $each: [2], $slice: 0 } } },
      { l: [] },
    ]),
    needs: '$push with $slice',
  },
  {
    ...becomes('$push keeps the first of a $slice where the field was absent', [
      {},
      { $push: { l: { $each: [3, 1, 2], $sort: 1, $slice: 2 } } },
      { l: [1, 2] },
    ]),
    needs: '$push with $slice',
  },
  {
    ...refuses(
      'a $push with an unknown part',
      { l: [] },
      { $push: { l: { $each: [1], $sort: 2 } } },
    ),
    needs: '$push with $slice',
  },
  becomes('$addToSet adds an object once, and one of another order', [
    { l: [{ a: 1, b: 2 }] },
    {
      $addToSet: {
        l: {
          $each: [
            { a: 1, b: 2 },
            { b: 2, a: 1 },
          ],
        },
      },
    },
    {
      l: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
  ]),
  {
    ...becomes('$pull removes by operators', [
      { l: [1, 5, 9] },
      { $pull: { l: { $gte: 5 } } },
      { l: [1] },
    ]),
    needs: 'conditions in $pull',
  },
  {
    ...becomes('$pull removes objects by their fields', [
      {
        l: [
          { a: 1, b: 1 },
          { a: 2, b: 1 },
        ],
      },
      { $pull: { l: { a: 1 } } },
      { l: [{ a: 2, b: 1 }] },
    ]),
    needs: 'conditions in $pull',
  },
  becomes('$pop removes the first', [{ l: [1, 2] }, { $pop: { l: -1 } }, { l: [2] }]),
  becomes('$set fills a list up with null', [
    { l: [1] },
    { $set: { 'l.3': 9 } },
    { l: [1, null, null, 9] },
  ]),
  {
    ...becomes('$unset of an element leaves null', [
      { l: [1, 2, 3] },
      { $unset: { 'l.1': '' } },
      { l: [1, null, 3] },
    ]),
    needs: '$unset in a list',
  },
  {
    ...becomes('$set of $[] sets all elements', [
      { l: [{ n: 1 }, { n: 2 }] },
      { $set: { 'l.$[].n': 0 } },
      { l: [{ n: 0 }, { n: 0 }] },
    ]),
    needs: 'positional updates',
  },
  becomes('$min and $max compare across types', [
    { a: 'x', b: 5 },
    { $min: { a: 3 }, $max: { b: 'y' } },
    { a: 3, b: 'y' },
  ]),
  becomes('$rename moves a field into an object', [
    { a: 1, o: { c: 2 } },
    { $rename: { a: 'o.a' } },
    { o: { c: 2, a: 1 } },
  ]),
  {
    name: 'updates the element that any branch of $or is about',
    needs: 'positional updates',
    steps: [
      insert({ _id: 1, l: ['a', 'b'] }),
      update({ $or: [{ l: 'x' }, { l: 'b' }] }, { $set: { 'l.$': 'c' } }),
      findOne({ _id: 1 }, { _id: 1, l: ['a', 'c'] }),
    ],
  },
];
