import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataApi } from '../app.ts';
import { PATTERN_MS_MAX } from '../protocol/limits.ts';
import { type EmbeddedStore, openEmbeddedStore } from './embedded-store.ts';

const NAMESPACE = { dataSource: 'mongodb-atlas', database: 'shop', collection: 'reviews' };
/** Each of these takes years on this text. */
const TEXT = `${'a'.repeat(60)}!`;
const EXPLODING = ['(a+)+$', '^(a|a)*$', '^(?=(a+)+$)', '(.*a){30}$'];

let store: EmbeddedStore;
let ask: (action: string, body: object) => Promise<{ status: number; answer: unknown }>;

beforeAll(async () => {
  store = openEmbeddedStore(':memory:');
  const config = { ...NAMESPACE, key: 'key', collections: new Set(['reviews']) };
  const handle = createDataApi({ store, config });
  ask = async (action, body) => {
    const request = new Request(`http://localhost/action/${action}`, {
      method: 'POST',
      headers: { apiKey: 'key', 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...NAMESPACE, ...body }),
    });
    const response = await handle(request);
    return { status: response.status, answer: await response.json() };
  };
  await ask('insertOne', { document: { _id: 1, text: TEXT, list: [TEXT] } });
});

afterAll(() => store.close());

describe('a regular expression in the embedded store', () => {
  const asked = EXPLODING.flatMap((pattern): [string, object][] => [
    ['find', { filter: { text: { $regex: pattern } } }],
    ['find', { filter: { list: { $not: { $regex: pattern } } } }],
    ['deleteMany', { filter: { text: { $regularExpression: { pattern, options: 'i' } } } }],
    ['updateMany', { filter: {}, update: { $pull: { list: { $regex: pattern } } } }],
    [
      'aggregate',
      { pipeline: [{ $project: { m: { $regexMatch: { input: '$text', regex: pattern } } } }] },
    ],
  ]);

  it.each(asked)('that never ends is ended: %s %j', async (action, body) => {
    expect(await ask(action, body)).toEqual({
      status: 400,
      answer: {
        error: expect.stringContaining(`may take ${PATTERN_MS_MAX} ms`),
        error_code: 'MongoDBError',
      },
    });
    const { answer } = await ask('find', { filter: { _id: 1 } });
    expect(answer).toEqual({ documents: [{ _id: 1, text: TEXT, list: [TEXT] }] });
  });

  it.each([
    ['^A+!$', 'i'],
    ['(?i)^A+!$', ''],
    ['^(?!b)a(?=a)', ''],
    ['(?<=a)!', ''],
    ['\\Aa+ ! # the end\n\\z', 'x'],
    ['^[[:alpha:]]+[[:punct:]]$', ''],
    ['(?P<first>a)\\k<first>', ''],
    ['\\Qa!\\E$', ''],
    ['(a)\\1', ''],
    ['a\\-?a', ''],
  ])('finds as MongoDB does: %s with %j', async (pattern, options) => {
    const { answer } = await ask('find', {
      filter: { text: { $regex: pattern, $options: options } },
      projection: { _id: 1 },
    });
    expect(answer).toEqual({ documents: [{ _id: 1 }] });
  });
});
