/**
 * Random operations that any MongoDB answers alike: documents of few fields and values, so that
 * filters match, updates meet what they do not expect, and sorts have ties to break by `_id`.
 */
import fc from 'fast-check';
import type { Action } from '../protocol/operation.ts';

export interface AnyOperation {
  action: Action;
  body: Record<string, unknown>;
}

const OID = '6193504e1be4ab27791c8133';

const scalar = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  2,
  -1,
  { $numberLong: '1' },
  { $numberLong: '5000000000' },
  { $numberDouble: '1.0' },
  { $numberDouble: '1.5' },
  'a',
  'b',
  '',
  { $oid: OID },
  { $date: { $numberLong: '1000' } },
  { $date: { $numberLong: '2000' } },
);
const list = fc.array(scalar, { maxLength: 3 });
const object = fc.dictionary(fc.constantFrom('x', 'y', '7'), scalar, { maxKeys: 2 });
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: object },
  { weight: 1, arbitrary: fc.array(object, { maxLength: 2 }) },
);
const field = fc.constantFrom('a', 'b', 'c');
const path = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.x', 'c.0', 'a.1');
const id = fc.constantFrom(1, 2, 3, 4, 5);

const documents = fc
  .array(fc.dictionary(field, value, { maxKeys: 3 }), { minLength: 1, maxLength: 5 })
  .map((list_) => list_.map((one, at) => ({ _id: at + 1, ...one })));

const compared = fc.oneof(
  fc
    .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalar)
    .map(([operator, operand]) => ({ [operator]: operand })),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), list)
    .map(([operator, operand]) => ({ [operator]: operand })),
  fc.boolean().map((there) => ({ $exists: there })),
  fc
    .constantFrom(
      'string',
      'int',
      'long',
      'double',
      'bool',
      'date',
      'objectId',
      'object',
      'array',
      'null',
      'number',
    )
    .map((type) => ({ $type: type })),
  fc.nat({ max: 3 }).map((size) => ({ $size: size })),
  fc.constantFrom('^a', 'b$', '').map((pattern) => ({ $regex: pattern })),
);
const condition = fc.oneof(
  scalar,
  compared,
  compared.map((inner) => ({ $not: inner })),
);
const fieldFilter = fc.dictionary(path, condition, { maxKeys: 2 });
const filter = fc.oneof(
  { weight: 3, arbitrary: fieldFilter },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('$and', '$or', '$nor'),
        fc.array(fieldFilter, { minLength: 1, maxLength: 2 }),
      )
      .map(([operator, parts]) => ({ [operator]: parts })),
  },
  { weight: 1, arbitrary: id.map((_id) => ({ _id })) },
);
const sort = fc
  .dictionary(field, fc.constantFrom(1, -1), { maxKeys: 1 })
  .map((keys) => ({ ...keys, _id: 1 }));

const updateOf = (operator: string, operand: fc.Arbitrary<unknown>) =>
  fc
    .dictionary(path, operand, { minKeys: 1, maxKeys: 1 })
    .map((fields) => ({ [operator]: fields }));
const number = fc.constantFrom<unknown>(1, -2, { $numberLong: '3' }, { $numberDouble: '0.5' });
export const update = fc.oneof(
  updateOf('$set', value),
  updateOf('$unset', fc.constant('')),
  updateOf('$inc', number),
  updateOf('$mul', number),
  updateOf('$min', scalar),
  updateOf('$max', scalar),
  updateOf('$push', value),
  updateOf(
    '$push',
    fc.array(scalar, { minLength: 1, maxLength: 3 }).map((each) => ({ $each: each })),
  ),
  updateOf('$addToSet', scalar),
  updateOf('$pop', fc.constantFrom(1, -1)),
  updateOf('$pull', scalar),
  updateOf('$pullAll', list),
  fc.tuple(field, field).map(([from, to]) => ({ $rename: { [from]: to } })),
);

const stage = fc.oneof(
  filter.map((match) => ({ $match: match })),
  fc.constantFrom(1, 2).map((limit) => ({ $limit: limit })),
  fc.constantFrom(1, 2).map((skip) => ({ $skip: skip })),
  field.map((name) => ({ $project: { [name]: 1 } })),
  field.map((name) => ({ $unset: name })),
);
const last = fc.oneof(
  fc.constant({ $count: 'n' }),
  fc.constant({ $group: { _id: null, n: { $sum: 1 } } }),
  field.map((name) => ({ $group: { _id: null, n: { $sum: `$${name}` } } })),
);

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ filter, sort }).map((body) => ({ action: 'find', body })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ filter, sort, skip: fc.nat({ max: 2 }), limit: fc.nat({ max: 3 }) })
      .map((body) => ({ action: 'find', body })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        filter,
        sort,
        projection: fc.dictionary(field, fc.constant(1), { minKeys: 1, maxKeys: 2 }),
      })
      .map((body) => ({ action: 'find', body })),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({ filter: id.map((_id) => ({ _id })), update })
      .map((body) => ({ action: 'updateOne', body })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ filter: id.map((_id) => ({ _id })), replacement: fc.dictionary(field, value) })
      .map((body) => ({ action: 'replaceOne', body })),
  },
  { weight: 1, arbitrary: fc.record({ filter }).map((body) => ({ action: 'deleteMany', body })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(stage, { maxLength: 2 }), fc.option(last, { nil: undefined }))
      .map(([stages, end]) => ({
        action: 'aggregate',
        body: { pipeline: [{ $sort: { _id: 1 } }, ...stages, ...(end ? [end] : [])] },
      })),
  },
) as fc.Arbitrary<AnyOperation>;

/** What is inserted first, and what is then done with it. */
export const anyHistory = fc.record({
  documents,
  operations: fc.array(operation, { minLength: 1, maxLength: 6 }),
});
