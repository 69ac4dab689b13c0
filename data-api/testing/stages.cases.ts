/** Cases of the stages that came to the allowlist later, and of what they may reach. */
import { aggregate, type Case, insert, OTHER_COLLECTION, refused } from './case.ts';

const given = insert(
  ...[1, 2, 3, 4, 5, 6].map((_id) => ({ _id, n: _id * 10, even: _id % 2 === 0 })),
);
const others = {
  action: 'insertOne',
  body: { collection: OTHER_COLLECTION, document: { _id: 'other', n: 99 } },
} as const;

const stage = (name: string, pipeline: unknown[], documents: unknown[]): Case => ({
  name,
  needs: 'later stages',
  steps: [given, others, aggregate(pipeline, documents)],
});

export const STAGE_CASES: Case[] = [
  stage(
    'takes a sample, each document at most once',
    [{ $sample: { size: 6 } }, { $group: { _id: '$_id' } }, { $count: 'n' }],
    [{ n: 6 }],
  ),
  stage(
    'takes a sample of as many as are asked for',
    [{ $sample: { size: 2 } }, { $count: 'n' }],
    [{ n: 2 }],
  ),
  stage(
    'puts another collection behind',
    [{ $match: { _id: 1 } }, { $unionWith: OTHER_COLLECTION }, { $project: { n: 1 } }],
    [
      { _id: 1, n: 10 },
      { _id: 'other', n: 99 },
    ],
  ),
  stage(
    'puts a pipeline over another collection behind',
    [
      { $match: { _id: 1 } },
      { $unionWith: { coll: OTHER_COLLECTION, pipeline: [{ $project: { _id: 0 } }] } },
      { $project: { _id: 0, n: 1 } },
    ],
    [{ n: 10 }, { n: 99 }],
  ),
  stage(
    'looks up with a pipeline and variables',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: OTHER_COLLECTION,
          let: { mine: '$n' },
          pipeline: [{ $match: { $expr: { $gt: ['$n', '$$mine'] } } }, { $project: { _id: 1 } }],
          as: 'larger',
        },
      },
      { $project: { larger: 1 } },
    ],
    [{ _id: 1, larger: [{ _id: 'other' }] }],
  ),
  stage(
    'makes buckets of equal size',
    [{ $bucketAuto: { groupBy: '$n', buckets: 3 } }],
    [
      { _id: { min: 10, max: 30 }, count: 2 },
      { _id: { min: 30, max: 50 }, count: 2 },
      { _id: { min: 50, max: 60 }, count: 2 },
    ],
  ),
  stage(
    'makes buckets by boundaries',
    [
      {
        $bucket: {
          groupBy: '$n',
          boundaries: [0, 30, 50],
          default: 'more',
          output: { ids: { $push: '$_id' } },
        },
      },
    ],
    [
      { _id: 0, ids: [1, 2] },
      { _id: 30, ids: [3, 4] },
      { _id: 'more', ids: [5, 6] },
    ],
  ),
  stage(
    'sorts by count',
    [{ $match: { _id: { $lt: 6 } } }, { $sortByCount: '$even' }],
    [
      { _id: false, count: 3 },
      { _id: true, count: 2 },
    ],
  ),
  stage(
    'replaces the root',
    [{ $match: { _id: 2 } }, { $replaceWith: { twice: { $multiply: ['$n', 2] } } }],
    [{ twice: 40 }],
  ),
  stage(
    'takes the highest and the first ones of a group',
    [
      {
        $group: {
          _id: '$even',
          top: { $top: { sortBy: { n: -1 }, output: '$n' } },
          low: { $minN: { input: '$n', n: 2 } },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: false, top: 50, low: [10, 30] },
      { _id: true, top: 60, low: [20, 40] },
    ],
  ),
  stage(
    'unwinds with a position, and keeps what is empty where asked',
    [
      { $match: { _id: { $lte: 2 } } },
      { $project: { l: { $cond: ['$even', [], ['x', 'y']] } } },
      { $unwind: { path: '$l', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true } },
    ],
    [
      { _id: 1, l: 'x', at: 0 },
      { _id: 1, l: 'y', at: 1 },
      { _id: 2, at: null },
    ],
  ),
  {
    name: 'refuses $graphLookup of a collection that is not allowed, and code inside of it',
    steps: [
      refused('aggregate', { pipeline: [{ $graphLookup: { from: 'users' } }] }, 'InvalidParameter'),
      refused(
        'aggregate',
        {
          pipeline: [
            { $graphLookup: { from: OTHER_COLLECTION, restrictSearchWithMatch: { $where: '1' } } },
          ],
        },
        'InvalidParameter',
      ),
    ],
  },
  {
    name: 'refuses $unionWith of a collection that is not allowed, also inside others',
    steps: [
      refused(
        'aggregate',
        { pipeline: [{ $unionWith: { coll: 'system.users' } }] },
        'InvalidParameter',
      ),
      refused(
        'aggregate',
        { pipeline: [{ $facet: { a: [{ $unionWith: 'users' }] } }] },
        'InvalidParameter',
      ),
      refused(
        'aggregate',
        { pipeline: [{ $unionWith: { coll: OTHER_COLLECTION, pipeline: [{ $out: 'x' }] } }] },
        'InvalidParameter',
      ),
      refused(
        'aggregate',
        {
          pipeline: [
            {
              $unionWith: {
                coll: OTHER_COLLECTION,
                pipeline: [{ $lookup: { from: 'users', as: 'x' } }],
              },
            },
          ],
        },
        'NoMatchingRuleFound',
      ),
    ],
  },
];
