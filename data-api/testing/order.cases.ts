/**
 * Cases of the order of fields, as texts: a JavaScript object would change it before it is sent.
 * `{"2":1,"1":1}` is where most servers in JavaScript fail.
 */
import type { Action } from '../protocol/operation.ts';

export interface TextStep {
  action: Action;
  /** Members of the body beside the namespace. */
  members: string;
  status?: number;
  /** The whole text of the answer; any where it is not told. */
  answer?: string;
}

export interface TextCase {
  name: string;
  steps: TextStep[];
}

const insert = (documents: string): TextStep => ({
  action: 'insertMany',
  members: `"documents":${documents}`,
});
const find = (members: string, documents: string): TextStep => ({
  action: 'find',
  members,
  answer: `{"documents":${documents}}`,
});

export const ORDER_CASES: TextCase[] = [
  {
    name: 'keeps the order of integer-like names in documents',
    steps: [
      insert('[{"_id":1,"2":1,"b":2,"1":{"10":1,"9":2}}]'),
      find('"filter":{}', '[{"_id":1,"2":1,"b":2,"1":{"10":1,"9":2}}]'),
    ],
  },
  {
    name: 'compares objects by the order of their fields',
    steps: [
      insert('[{"_id":1,"o":{"2":1,"1":1}}]'),
      find('"filter":{"o":{"2":1,"1":1}}', '[{"_id":1,"o":{"2":1,"1":1}}]'),
      find('"filter":{"o":{"1":1,"2":1}}', '[]'),
    ],
  },
  {
    name: 'sorts by integer-like names in their order',
    steps: [
      insert('[{"_id":1,"1":1,"2":2},{"_id":2,"1":2,"2":1},{"_id":3,"1":3,"2":1}]'),
      find(
        '"filter":{},"sort":{"2":1,"1":-1},"projection":{"_id":1}',
        '[{"_id":3},{"_id":2},{"_id":1}]',
      ),
      {
        action: 'aggregate',
        members: '"pipeline":[{"$sort":{"2":1,"1":-1}},{"$project":{"_id":1}}]',
        answer: '{"documents":[{"_id":3},{"_id":2},{"_id":1}]}',
      },
    ],
  },
  {
    name: 'keeps the order of a replacement and of what $set puts in',
    steps: [
      insert('[{"_id":1}]'),
      { action: 'replaceOne', members: '"filter":{"_id":1},"replacement":{"7":1,"5":2}' },
      {
        action: 'updateOne',
        members: '"filter":{"_id":1},"update":{"$set":{"o":{"3":1,"2":2}}}',
      },
      find('"filter":{}', '[{"_id":1,"7":1,"5":2,"o":{"3":1,"2":2}}]'),
    ],
  },
  {
    name: 'reads a number with a point or an exponent as a double',
    steps: [
      insert('[{"_id":1,"a":1.0,"b":1e2,"c":1,"d":9007199254740993}]'),
      find(
        '"filter":{"a":{"$type":"double"},"b":{"$type":"double"},"c":{"$type":"int"}}',
        '[{"_id":1,"a":1,"b":100,"c":1,"d":9007199254740993}]',
      ),
    ],
  },
  {
    name: 'refuses a key that stands twice',
    steps: [
      { action: 'find', members: '"filter":{"a":1,"a":2}', status: 400 },
      { action: 'find', members: '"filter":{},"sort":{"a":1,"a":-1}', status: 400 },
      { action: 'find', members: '"filter":{},"filter":{"a":1}', status: 400 },
    ],
  },
  {
    name: 'refuses __proto__ wherever it stands',
    steps: [
      { action: 'insertOne', members: '"document":{"__proto__":{"a":1}}', status: 400 },
      { action: 'find', members: '"filter":{},"sort":{"__proto__":1}', status: 400 },
      { action: 'find', members: '"filter":{},"__proto__":{"limit":1}', status: 400 },
    ],
  },
];

/** Where the database behind keeps the order of groups and projections. */
export const PIPELINE_ORDER_CASES: TextCase[] = [
  {
    name: 'keeps the order of fields in $group and $project',
    steps: [
      insert('[{"_id":1,"a":1}]'),
      {
        action: 'aggregate',
        members: '"pipeline":[{"$group":{"_id":null,"2":{"$sum":"$a"},"1":{"$sum":1}}}]',
        answer: '{"documents":[{"_id":null,"2":1,"1":1}]}',
      },
      {
        action: 'aggregate',
        members: '"pipeline":[{"$project":{"_id":0,"9":"$a","8":{"y":"$a","0":"$a"}}}]',
        answer: '{"documents":[{"9":1,"8":{"y":1,"0":1}}]}',
      },
    ],
  },
];
