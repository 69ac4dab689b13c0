/** Cases of what may not be asked, each refused before any database is. */
import { AGGREGATE_STAGES_TOO_MANY, type Case, find, insert, refused, type Step } from './case.ts';

const no = (name: string, step: Step): Case => ({
  name: `refuses ${name}`,
  steps: [insert({ _id: 1, a: 1 }), step, find({}, [{ _id: 1, a: 1 }])],
});
const INVALID = 'InvalidParameter';
const noFilter = (name: string, filter: unknown): Case =>
  no(name, refused('find', { filter }, INVALID));
const noUpdate = (name: string, update: unknown): Case =>
  no(name, refused('updateOne', { filter: { _id: 1 }, update }, INVALID));
const noDocument = (name: string, document: unknown): Case =>
  no(name, refused('insertOne', { document }, INVALID));
const noPipeline = (name: string, pipeline: unknown, code = INVALID): Case =>
  no(name, refused('aggregate', { pipeline }, code));

const PATTERN_TOO_LONG = 'a'.repeat(257);

export const REFUSAL_CASES: Case[] = [
  no('another collection', refused('find', { collection: 'users' }, 'NoMatchingRuleFound')),
  no('another database', refused('find', { database: 'admin' }, 'NoMatchingRuleFound')),
  no('another data source', refused('find', { dataSource: 'other' }, INVALID)),
  no('a collection that is no text', refused('find', { collection: { $ne: '' } }, INVALID)),
  no('a field that is not of the action', refused('find', { hint: 'a' }, INVALID)),
  no(
    'an upsert that is no boolean',
    refused('updateOne', { filter: {}, update: { $set: { a: 2 } }, upsert: 1 }, INVALID),
  ),
  no('a write without a filter', refused('deleteMany', {}, INVALID)),
  no('a limit below zero', refused('find', { limit: -1 }, INVALID)),
  no('a limit that is no whole number', refused('find', { limit: 1.5 }, INVALID)),
  no('a limit above the named one', refused('find', { limit: 50_001 }, INVALID)),
  no('a skip above the named one', refused('find', { skip: 1_000_001 }, INVALID)),
  no('a sort that is neither up nor down', refused('find', { sort: { a: 'up' } }, INVALID)),
  no(
    'a projection that calculates',
    refused('find', { projection: { b: { $add: [1, 2] } } }, INVALID),
  ),
  no(
    'more documents than the named number',
    refused('insertMany', { documents: Array.from({ length: 1_001 }, () => ({})) }, INVALID),
  ),
  no('no documents', refused('insertMany', { documents: [] }, INVALID)),

  noFilter('a filter that is a list', []),
  noFilter('a filter that is a text', 'all'),
  noFilter('$where', { $where: 'sleep(1000)' }),
  noFilter('$where inside $or', { $or: [{ a: 1 }, { $where: 'true' }] }),
  noFilter('$function inside $expr', { $expr: { $function: { body: 'f', args: [], lang: 'js' } } }),
  noFilter('$jsonSchema', { $jsonSchema: {} }),
  noFilter('an operator that nobody knows', { a: { $nope: 1 } }),
  noFilter('code as a value', { a: { $code: 'while(1);' } }),
  noFilter('a value that says what type it is of', { a: { _bsontype: 'ObjectId', id: 'x' } }),
  noFilter('a path through a prototype', { 'a.__proto__.b': 1 }),
  noFilter('a long regular expression', { a: { $regex: PATTERN_TOO_LONG } }),
  noFilter('a date that is none', { a: { $date: 'tomorrow' } }),
  noFilter('an ObjectId that is none', { a: { $oid: 'zz' } }),

  noUpdate('an update without operators', { a: 2 }),
  noUpdate('an update with operators and fields', { $set: { a: 2 }, b: 3 }),
  noUpdate('an empty update', {}),
  noUpdate('an update that is a pipeline', [{ $set: { a: 2 } }]),
  noUpdate('an update operator that nobody knows', { $nope: { a: 2 } }),
  noUpdate('$bit', { $bit: { a: { and: 1 } } }),
  noUpdate('an operator as a value', { $set: { a: { $where: 'x' } } }),
  noUpdate('a field that starts with $', { $set: { $a: 1 } }),
  noUpdate('an operator without fields', { $set: 5 }),
  noUpdate('a path through a prototype', { $set: { '__proto__.polluted': true } }),

  noDocument('a document that is a list', [{ b: 1 }]),
  noDocument('a document with an operator', { $set: { a: 1 } }),
  noDocument('an operator deep in a document', { a: [{ b: { $gt: 1 } }] }),
  noDocument('a field name with a dot', { 'a.b': 1 }),
  noDocument('an empty field name', { '': 1 }),
  no(
    'an operator in a replacement',
    refused('replaceOne', { filter: { _id: 1 }, replacement: { $set: { a: 2 } } }, INVALID),
  ),

  noPipeline('a pipeline that is no list', { $match: {} }),
  noPipeline('$out', [{ $match: {} }, { $out: 'reviews' }]),
  noPipeline('$merge', [{ $merge: { into: 'reviews' } }]),
  noPipeline('$out inside $facet', [{ $facet: { x: [{ $out: 'reviews' }] } }]),
  noPipeline('$currentOp', [{ $currentOp: {} }]),
  noPipeline('$indexStats', [{ $indexStats: {} }]),
  noPipeline('$where inside $match', [{ $match: { $where: 'true' } }]),
  noPipeline('$function', [
    { $project: { x: { $function: { body: 'f', args: [], lang: 'js' } } } },
  ]),
  noPipeline('$accumulator', [{ $group: { _id: null, x: { $accumulator: {} } } }]),
  noPipeline('$unionWith', [{ $unionWith: 'users' }]),
  noPipeline('$graphLookup', [{ $graphLookup: { from: 'users' } }]),
  noPipeline('a stage with two operators', [{ $match: {}, $limit: 1 }]),
  noPipeline('an empty stage', [{}]),
  noPipeline(
    '$lookup in a collection that is not allowed',
    [{ $lookup: { from: 'users', as: 'x' } }],
    'NoMatchingRuleFound',
  ),
  noPipeline(
    '$lookup in another database',
    [{ $lookup: { from: { db: 'admin', coll: 'reviews' }, as: 'x' } }],
    'NoMatchingRuleFound',
  ),
  noPipeline(
    '$lookup inside $lookup',
    [
      {
        $lookup: { from: 'reviews', as: 'x', pipeline: [{ $lookup: { from: 'users', as: 'y' } }] },
      },
    ],
    'NoMatchingRuleFound',
  ),
  noPipeline('more stages than the named number', AGGREGATE_STAGES_TOO_MANY),
];
