/** Cases of null and of what is not there, at the end of paths, through lists and objects. */
import { type Case, find, insert } from './case.ts';

/** As MongoDB's own test of its null semantics has them. */
const given = insert(
  { _id: 'double_array', a: [[]] },
  { _id: 'empty_array', a: [] },
  { _id: 'empty_object', a: {} },
  { _id: 'no_a' },
  { _id: 'null', a: null },
  { _id: 'number', a: 4 },
  { _id: 'object_not_null', a: { b: 'hi' } },
  { _id: 'object_null', a: { b: null } },
  { _id: 'objects_missing', a: [{ b: 3 }, {}] },
  { _id: 'objects_not_null', a: [{ b: 1 }, { b: 'x' }] },
  { _id: 'values', a: [1, 'string', 4] },
  { _id: 'values_null', a: [1, null] },
);

const finds = (filter: Record<string, unknown>, ...ids: string[]): Case => ({
  name: `finds by ${JSON.stringify(filter)}`,
  needs: 'lists in lists',
  steps: [
    given,
    find(
      { filter, sort: { _id: 1 }, projection: { _id: 1 } },
      ids.map((_id) => ({ _id })),
    ),
  ],
});

const NULL_IN_PATH = ['empty_object', 'no_a', 'null', 'number', 'object_null', 'objects_missing'];

export const PATH_CASES: Case[] = [
  finds({ a: null }, 'no_a', 'null', 'values_null'),
  finds({ 'a.b': null }, ...NULL_IN_PATH),
  finds({ 'a.b': { $in: [null, 75] } }, ...NULL_IN_PATH),
  finds(
    { 'a.b': { $ne: null } },
    ...'double_array empty_array object_not_null objects_not_null values values_null'.split(' '),
  ),
  finds(
    { 'a.b': { $exists: false } },
    'double_array',
    'empty_array',
    'empty_object',
    'no_a',
    'null',
    'number',
    'values',
    'values_null',
  ),
  finds({ a: { $elemMatch: { $eq: null } } }, 'values_null'),
  finds({ a: { $elemMatch: { b: null } } }, 'double_array', 'objects_missing'),
];
