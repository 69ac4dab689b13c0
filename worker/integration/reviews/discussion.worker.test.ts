/** The discussion of events, by HTTP, over a real Data API. */
import { describe, expect, it } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { Comment, CommentList } from '../../contract/reviews.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { call, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

interface Sent {
  body?: unknown;
  key?: string;
}

function send({ token }: Shopper, path: string, { body, key }: Sent): Promise<Response> {
  const headers = key === undefined ? {} : { 'Idempotency-Key': `"${key}"` };
  return call('POST', path, { token, body: { body: body ?? 'Does it grind?' }, headers });
}

const comment = (by: Shopper, eventId: string, sent: Sent = {}) =>
  send(by, `/reviews/events/${eventId}/comments`, sent);
const reply = (by: Shopper, to: string, sent: Sent = {}) =>
  send(by, `/reviews/comments/${to}/replies`, sent);

async function made(answer: Promise<Response>): Promise<Comment> {
  const response = await answer;
  expect(response.status).toBe(201);
  return response.json<Comment>();
}

async function read({ token }: Shopper, path: string): Promise<CommentList> {
  const response = await call('GET', path, { token });
  expect(response.status).toBe(200);
  return response.json<CommentList>();
}

const comments = (reader: Shopper, eventId: EventId, query = '') =>
  read(reader, `/reviews/events/${eventId}/comments${query}`);
const replies = (reader: Shopper, id: string, query = '') =>
  read(reader, `/reviews/comments/${id}/replies${query}`);
const remove = ({ token }: Shopper, id: string) =>
  call('DELETE', `/reviews/comments/${id}`, { token });

describe('a comment', () => {
  it('is seen by its author at once, the newest first', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    const first = await made(comment(ada, eventId, { body: ' First. ' }));
    expect(first).toMatchObject({ eventId, parentId: null, depth: 0, body: 'First.' });
    const second = await made(comment(ada, eventId));
    const seen = (await comments(ada, eventId)).comments.map(({ id }) => id);
    expect(new Set(seen)).toEqual(new Set([first.id, second.id]));
  });

  it('is written once for one key, also from twenty tabs, and a key names one request', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => comment(ada, eventId, { key: 'a' })),
    );
    const replayed = answers.filter(({ headers }) => headers.has('Idempotent-Replayed'));
    expect(replayed).toHaveLength(19);
    const ids = await Promise.all(
      answers.map(async (answer) => (await made(Promise.resolve(answer))).id),
    );
    expect(new Set(ids).size).toBe(1);
    const other = await comment(ada, eventId, { key: 'a', body: 'Something else' });
    await expectProblem(other, 422, 'idempotency_key_reused');
    expect((await comments(ada, eventId)).comments).toHaveLength(1);
    // Somebody else's key is another one.
    await made(comment(await makeShopper(), eventId, { key: 'a' }));
  });

  it('that was deleted does not come back with its key', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    const { id } = await made(comment(ada, eventId, { key: 'a' }));
    expect((await remove(ada, id)).status).toBe(204);
    expect((await remove(ada, id)).status).toBe(204);
    expect(await made(comment(ada, eventId, { key: 'a' }))).toMatchObject({ status: 'deleted' });
    expect((await comments(ada, eventId)).comments).toEqual([]);
  });

  it('is for published events only', async () => {
    const ada = await makeShopper();
    const { eventId } = await makeEvent({ published: false });
    for (const id of [eventId, 'evt_000000000000', 'constructor']) {
      await expectProblem(await comment(ada, id), 404, 'not_found');
      const path = `/reviews/events/${id}/comments`;
      await expectProblem(await call('GET', path), 404, 'not_found');
    }
  });

  it('is changed and deleted by nobody but its author', async () => {
    const [{ eventId }, ada, eve] = [await makeEvent(), await makeShopper(), await makeShopper()];
    const { id } = await made(comment(ada, eventId));
    const path = `/reviews/comments/${id}`;
    const body = { body: 'Changed' };
    await expectProblem(await call('PUT', path, { token: eve.token, body }), 403, 'forbidden');
    await expectProblem(await remove(eve, id), 403, 'forbidden');
    const edited = await call('PUT', path, { token: ada.token, body });
    expect(await edited.json()).toMatchObject({ id, body: 'Changed', status: 'shown' });
    expect((await comments(ada, eventId)).comments).toMatchObject([{ body: 'Changed' }]);
  });
});

describe('a reply', () => {
  it('is nested to a depth of three, and not deeper', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    let { id } = await made(comment(ada, eventId));
    for (let depth = 1; depth <= 3; depth++) {
      const nested = await made(reply(ada, id));
      expect(nested).toMatchObject({ parentId: id, depth, eventId });
      expect((await replies(ada, id)).comments.map((each) => each.id)).toEqual([nested.id]);
      id = nested.id;
    }
    await expectProblem(await reply(ada, id), 409, 'reply_too_deep');
  });

  it('to what is not there finds nothing', async () => {
    const ada = await makeShopper();
    const missing = 'cmt_000000000000_00000000000000000000000000';
    for (const id of [missing, '__proto__', '%7B%22$ne%22:null%7D']) {
      await expectProblem(await reply(ada, id), 404, 'not_found');
      await expectProblem(await call('GET', `/reviews/comments/${id}/replies`), 404, 'not_found');
    }
    const { eventId } = await makeEvent();
    const { id } = await made(comment(ada, eventId));
    await remove(ada, id);
    await expectProblem(await reply(ada, id), 404, 'not_found');
  });

  it('keeps what it replies to as a placeholder without text and name', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    const { id } = await made(comment(ada, eventId));
    const answer = await made(reply(ada, id, { body: 'It does.', key: 'r' }));
    await remove(ada, id);
    const [placeholder, ...more] = (await comments(ada, eventId)).comments;
    expect(more).toEqual([]);
    expect(placeholder).toMatchObject({ id, status: 'deleted', body: null, author: null });
    expect(placeholder?.replyCount).toBe(1);
    // Whose answer was lost may ask again.
    expect(await made(reply(ada, id, { body: 'It does.', key: 'r' }))).toMatchObject(answer);
    await remove(ada, answer.id);
    expect((await comments(ada, eventId)).comments[0]?.replyCount).toBe(0);
  });

  it('is listed page by page, the oldest first, each once', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    const { id } = await made(comment(ada, eventId));
    const written: string[] = [];
    for (let n = 0; n < 5; n++) written.push((await made(reply(ada, id))).id);
    const seen: string[] = [];
    let query = '?limit=2';
    for (let pages = 0; pages < 3; pages++) {
      const { comments: page, nextCursor } = await replies(ada, id, query);
      seen.push(...page.map((each) => each.id));
      expect(nextCursor === null).toBe(pages === 2);
      query = `?limit=2&cursor=${encodeURIComponent(nextCursor ?? '')}`;
    }
    expect(seen.toSorted()).toEqual(written.toSorted());
    expect((await comments(ada, eventId)).comments[0]?.replyCount).toBe(5);
  });
});
