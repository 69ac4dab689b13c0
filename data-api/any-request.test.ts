import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataApi } from './app.ts';
import { type EmbeddedStore, openEmbeddedStore } from './embedded/embedded-store.ts';
import {
  EXPRESSION_OPERATORS,
  QUERY_OPERATORS,
  STAGES,
  UPDATE_OPERATORS,
} from './protocol/operators.ts';

const NAMESPACE = { dataSource: 'mongodb-atlas', database: 'shop', collection: 'reviews' };
const ANSWERS = [200, 400, 403];

const operator = fc.constantFrom(
  ...QUERY_OPERATORS,
  ...UPDATE_OPERATORS.keys(),
  ...EXPRESSION_OPERATORS,
  ...STAGES,
  '$where',
  '$out',
  '$oid',
  '$date',
  '$numberLong',
  '$binary',
  '$ref',
);
const field = fc.constantFrom('_id', 'a', 'a.b', 'list', 'list.0', '__proto__', 'constructor', '');
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, 1, -1, 1.5, 1e300, '', 'a', '$a', '$$ROOT', '[', '5'),
  fc.string({ maxLength: 5 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(field, operator), tie('value'), { maxKeys: 3 }),
  ),
}));
const fields = fc.dictionary(fc.oneof(field, operator), value, { maxKeys: 3 });
const update = fc.dictionary(
  fc.constantFrom(...UPDATE_OPERATORS.keys()),
  fc.dictionary(field, value, { maxKeys: 2 }),
  { minKeys: 1, maxKeys: 2 },
);
const stage = fc
  .tuple(fc.constantFrom(...STAGES), value)
  .map(([name, content]) => ({ [name]: content }));

const request = fc.oneof(
  fc.record({
    action: fc.constantFrom('find', 'findOne'),
    body: fc.record({ filter: fields, sort: fields, projection: fields }, { requiredKeys: [] }),
  }),
  fc.record({
    action: fc.constantFrom('updateOne', 'updateMany'),
    body: fc.record({ filter: fields, update, upsert: fc.boolean() }),
  }),
  fc.record({
    action: fc.constant('replaceOne'),
    body: fc.record({ filter: fields, replacement: fields, upsert: fc.boolean() }),
  }),
  fc.record({ action: fc.constant('insertOne'), body: fc.record({ document: fields }) }),
  fc.record({ action: fc.constant('deleteOne'), body: fc.record({ filter: fields }) }),
  fc.record({
    action: fc.constant('aggregate'),
    body: fc.record({ pipeline: fc.array(stage, { maxLength: 3 }) }),
  }),
);

describe('any request at all', () => {
  let store: EmbeddedStore;

  beforeAll(() => {
    store = openEmbeddedStore(':memory:');
  });

  afterAll(() => store.close());

  it('is answered or refused, is no fault of ours, and leaves documents that can be read', async () => {
    const complaints: unknown[] = [];
    const handle = createDataApi({
      store,
      config: { ...NAMESPACE, key: 'key', collections: new Set(['reviews']) },
      log: (_message, error) => complaints.push(error),
    });
    const ask = async (action: string, body: object) => {
      const response = await handle(
        new Request(`http://localhost/action/${action}`, {
          method: 'POST',
          headers: { apiKey: 'key', 'Content-Type': 'application/json' },
          body: JSON.stringify({ ...NAMESPACE, ...body }),
        }),
      );
      return response.status;
    };
    await ask('insertMany', {
      documents: [
        { _id: 1, a: { b: 1 }, list: [1, 'x'] },
        { _id: 'a', a: 2 },
      ],
    });
    const property = fc.asyncProperty(request, async ({ action, body }) => {
      expect(ANSWERS).toContain(await ask(action, body));
      expect(await ask('find', {})).toBe(200);
    });
    await fc.assert(property, { numRuns: 1_500 });
    expect(complaints).toEqual([]);
    expect(Reflect.ownKeys(Object.prototype)).toHaveLength(12);
  });
});
