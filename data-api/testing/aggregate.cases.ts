/** Cases of aggregation. */
import { aggregate, type Case, insert, OTHER_COLLECTION, refused } from './case.ts';

const given = insert(
  { _id: 'a', item: 'lamp', rating: 5, tags: ['x', 'y'] },
  { _id: 'b', item: 'lamp', rating: 3, tags: ['y'] },
  { _id: 'c', item: 'desk', rating: 4, tags: [] },
);

export const AGGREGATE_CASES: Case[] = [
  {
    name: 'matches, groups, sorts and counts',
    steps: [
      given,
      aggregate(
        [
          { $match: { rating: { $gte: 3 } } },
          { $group: { _id: '$item', n: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ],
        [
          { _id: 'desk', n: 1 },
          { _id: 'lamp', n: 2 },
        ],
      ),
    ],
  },
  {
    name: 'sums a field',
    steps: [
      given,
      aggregate(
        [{ $group: { _id: '$item', stars: { $sum: '$rating' } } }, { $sort: { _id: 1 } }],
        [
          { _id: 'desk', stars: 4 },
          { _id: 'lamp', stars: 8 },
        ],
      ),
    ],
  },
  {
    name: 'counts and sums in one group',
    needs: 'several accumulators at once',
    steps: [
      given,
      aggregate(
        [{ $group: { _id: null, n: { $sum: 1 }, stars: { $sum: '$rating' } } }],
        [{ _id: null, n: 3, stars: 12 }],
      ),
    ],
  },
  {
    name: 'groups everything into one',
    steps: [given, aggregate([{ $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 3 }])],
  },
  {
    name: 'groups nothing into nothing',
    steps: [aggregate([{ $group: { _id: null, n: { $sum: 1 } } }], [])],
  },
  {
    name: 'averages',
    needs: '$avg',
    steps: [
      given,
      aggregate(
        [{ $group: { _id: '$item', mean: { $avg: '$rating' } } }, { $sort: { _id: -1 } }],
        [
          { _id: 'lamp', mean: 4 },
          { _id: 'desk', mean: 4 },
        ],
      ),
    ],
  },
  {
    name: 'sorts, skips and limits',
    steps: [
      given,
      aggregate(
        [{ $sort: { rating: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { rating: 1 } }],
        [{ _id: 'c', rating: 4 }],
      ),
    ],
  },
  {
    name: 'counts',
    steps: [given, aggregate([{ $match: { item: 'lamp' } }, { $count: 'n' }], [{ n: 2 }])],
  },
  {
    name: 'unwinds lists',
    steps: [
      given,
      aggregate(
        [{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
        [
          { _id: 'x', n: 1 },
          { _id: 'y', n: 2 },
        ],
      ),
    ],
  },
  {
    name: 'hides fields in $project and $unset',
    steps: [
      given,
      aggregate(
        [{ $match: { _id: 'b' } }, { $project: { tags: 0 } }, { $unset: 'item' }],
        [{ _id: 'b', rating: 3 }],
      ),
    ],
  },
  {
    name: 'adds fields',
    needs: 'fields in $addFields',
    steps: [
      given,
      aggregate(
        [{ $match: { _id: 'b' } }, { $addFields: { copy: '$rating' } }, { $project: { copy: 1 } }],
        [{ _id: 'b', copy: 3 }],
      ),
    ],
  },
  {
    name: 'calculates',
    needs: 'arithmetic in expressions',
    steps: [
      given,
      aggregate(
        [{ $match: { _id: 'b' } }, { $project: { twice: { $multiply: ['$rating', 2] } } }],
        [{ _id: 'b', twice: 6 }],
      ),
    ],
  },
  {
    name: 'answers several questions in one $facet',
    needs: '$facet',
    steps: [
      given,
      aggregate(
        [
          {
            $facet: {
              total: [{ $count: 'n' }],
              best: [{ $sort: { rating: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
            },
          },
        ],
        [{ total: [{ n: 3 }], best: [{ _id: 'a' }] }],
      ),
    ],
  },
  {
    name: 'looks up in a collection that is allowed',
    needs: '$lookup',
    steps: [
      given,
      {
        action: 'insertOne',
        body: { collection: OTHER_COLLECTION, document: { _id: 1, on: 'b' } },
      },
      aggregate(
        [
          { $match: { _id: 'b' } },
          {
            $lookup: { from: OTHER_COLLECTION, localField: '_id', foreignField: 'on', as: 'talk' },
          },
          { $project: { talk: 1 } },
        ],
        [{ _id: 'b', talk: [{ _id: 1, on: 'b' }] }],
      ),
    ],
  },
  {
    name: 'changes nothing of what it reads',
    needs: 'arithmetic in expressions',
    steps: [
      given,
      aggregate(
        [
          { $match: { _id: 'b' } },
          { $set: { rating: { $add: ['$rating', 1] } } },
          { $project: { rating: 1 } },
        ],
        [{ _id: 'b', rating: 4 }],
      ),
      aggregate([{ $match: { _id: 'b' } }, { $project: { rating: 1 } }], [{ _id: 'b', rating: 3 }]),
    ],
  },
  {
    name: 'refuses a stage that is malformed',
    steps: [given, refused('aggregate', { pipeline: [{ $limit: 'many' }] }, 'MongoDBError')],
  },
];
