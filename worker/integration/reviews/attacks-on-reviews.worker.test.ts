/** What is sent to reviews by those who would like to reach more of MongoDB than they may. */
import { expect, it } from 'vitest';
import type { Review, ReviewList } from '../../contract/reviews.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { appWith } from '../../testing/apps.ts';
import { call, makeEvent, makeItem, makeShopper } from '../../testing/shop.ts';

const OPERATORS = [
  { $gt: '' },
  { $ne: null },
  { $where: 'true' },
  { $regex: '.*' },
  ['$gt', ''],
  null,
  true,
];

it('an operator in place of a value is malformed, wherever it stands', async () => {
  const [{ eventId, itemId }, { token }] = [await makeEvent(), await makeShopper()];
  const items = `/reviews/items/${itemId}`;
  const comments = `/reviews/events/${eventId}/comments`;
  const written = await call('POST', items, { token, body: { rating: 5 } });
  const { id } = await written.json<Review>();
  const inside = (value: unknown): [string, unknown][] => [
    [items, { rating: value }],
    [items, { rating: 5, comment: value }],
    [items, { rating: 5, $where: value }],
    [comments, { body: value }],
    [comments, { body: 'a', parentId: value }],
    [`/reviews/${id}/report`, { reason: value }],
  ];
  for (const [path, body] of OPERATORS.flatMap(inside)) {
    await expectProblem(await call('POST', path, { token, body }), 400, 'malformed');
  }
  const list = await (await call('GET', items, { token })).json<ReviewList>();
  expect(list.reviews).toMatchObject([{ rating: 5, comment: '' }]);
});

it('names of prototypes are unknown members, and harm nobody', async () => {
  const [itemId, { token }] = [await makeItem(), await makeShopper()];
  for (const rawBody of [
    '{"rating":5,"constructor":{"prototype":{"hidden":true}}}',
    '{"rating":5,"toString":1}',
    '{"rating":"5"}',
    '{"rating":5.5}',
    '{"rating":0}',
    '{"rating":6}',
    '{"rating":1e999}',
    '[]',
    '',
  ]) {
    const answer = await call('POST', `/reviews/items/${itemId}`, { token, rawBody });
    await expectProblem(answer, 400, 'malformed');
  }
  const path = `/reviews/items/${itemId}`;
  const rawBody = '{"rating":5,"__proto__":{"hidden":true}}';
  const answer = await call('POST', path, { token, rawBody });
  expect([201, 400]).toContain(answer.status);
  expect(({} as { hidden?: boolean }).hidden).toBeUndefined();
});

it('text that looks like an operator is text', async () => {
  const [itemId, { token }] = [await makeItem(), await makeShopper()];
  for (const comment of ['{"$gt":""}', '$where', '<script>alert(1)</script>', '__proto__', '💥']) {
    const body = { rating: 5, comment };
    const answer = await call('POST', `/reviews/items/${itemId}`, { token, body });
    expect(await answer.json()).toMatchObject({ comment });
  }
});

it('operators in cursors and queries are malformed', async () => {
  const itemId = await makeItem();
  const cursors = [
    [{ $gt: 0 }, 'a'],
    [0, { $gt: '' }],
    [1e300, 'a'],
    ['$where', 'true'],
    [0, '$where'],
    { $where: 1 },
  ].map((place) => `cursor=${encodeURIComponent(btoa(JSON.stringify(place)))}`);
  const queries = [...cursors, 'cursor[$gt]=', 'sort[$ne]=newest', 'sort=rating', 'filter=1'];
  for (const query of queries) {
    const answer = await call('GET', `/reviews/items/${itemId}?${query}`);
    await expectProblem(answer, 400, 'malformed');
  }
  // A place of nobody's is a place all the same.
  const cursor = encodeURIComponent(btoa(JSON.stringify([0, 'nobody'])));
  expect((await call('GET', `/reviews/items/${itemId}?cursor=${cursor}`)).status).toBe(200);
});

it('too much text is refused, by its size before it is read', async () => {
  const [itemId, { token }] = [await makeItem(), await makeShopper()];
  const rate = (comment: string) =>
    call('POST', `/reviews/items/${itemId}`, { token, body: { rating: 5, comment } });
  await expectProblem(await rate('a'.repeat(1024 * 1024)), 413, 'too_large');
  await expectProblem(await rate('a'.repeat(2_001)), 400, 'malformed');
  await expectProblem(await rate('a\u0000b'), 400, 'malformed');
  await expectProblem(await rate('half \ud800'), 400, 'malformed');
  expect((await rate('é'.repeat(2_000))).status).toBe(201);
});

it('bytes that are no text are not kept as they are', async () => {
  const [itemId, { token }] = [await makeItem(), await makeShopper()];
  const head = new TextEncoder().encode('{"rating":5,"comment":"');
  const body = new Uint8Array([...head, 0xff, 0xc3, 0x28, 0x22, 0x7d]);
  const answer = await appWith({})(`/reviews/items/${itemId}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(201);
  expect((await answer.json<Review>()).comment).toBe('��(');
});

it('nobody writes without being signed in, nor reads what is another one’s own', async () => {
  const [itemId, ada, eve] = [await makeItem(), await makeShopper(), await makeShopper()];
  const path = `/reviews/items/${itemId}`;
  const body = { rating: 5 };
  await expectProblem(await call('POST', path, { body }), 401, 'unauthenticated');
  await call('POST', path, { token: ada.token, body });
  // Deleting acts on the caller's own, whatever stands elsewhere.
  expect((await call('DELETE', path, { token: eve.token })).status).toBe(204);
  await expectProblem(await call('GET', `${path}/mine`, { token: eve.token }), 404, 'not_found');
  expect((await call('GET', `${path}/mine`, { token: ada.token })).status).toBe(200);
});
