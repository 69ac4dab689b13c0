/** Votes, reports and what admins decide, by HTTP, over a real Data API. */
import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../contract/ids.ts';
import type { Comment, Helpful, ReportList, Review, ReviewList } from '../../contract/reviews.ts';
import { Fault } from '../../platform/faults.ts';
import { decide, moderatedIn } from '../../stores/documents/moderation.ts';
import { expectProblem } from '../../testing/accounts.ts';
import {
  call,
  deps,
  makeEvent,
  makeItem,
  makeShopper,
  makeShoppers,
  type Shopper,
} from '../../testing/shop.ts';

async function rated(by: Shopper, itemId: ItemId): Promise<Review> {
  const body = { rating: 1, comment: 'Buy at my place instead' };
  return (await call('POST', `/reviews/items/${itemId}`, { token: by.token, body })).json();
}

async function listed(reader: Shopper, itemId: ItemId, query = ''): Promise<Review[]> {
  const response = await call('GET', `/reviews/items/${itemId}${query}`, { token: reader.token });
  return (await response.json<ReviewList>()).reviews;
}

const report = ({ token }: Shopper, path: string, reason = 'spam') =>
  call('POST', `/reviews/${path}/report`, { token, body: { reason } });

const vote = ({ token }: Shopper, method: 'POST' | 'DELETE', id: string) =>
  call(method, `/reviews/${id}/helpful`, { token });

async function reportsOf(admin: Shopper, id: string, query = 'of=reviews') {
  const response = await call('GET', `/admin/reports?${query}&limit=100`, { token: admin.token });
  expect(response.status).toBe(200);
  return (await response.json<ReportList>()).reports.filter((each) => each.id === id);
}

/** Hidden now, as an admin finds it on a later visit. */
const hiddenOf = (admin: Shopper, id: string, of = 'reviews') =>
  reportsOf(admin, id, `of=${of}&state=hidden`);

async function auditOf(subject: string): Promise<unknown[]> {
  const sql = 'SELECT action FROM audit_log WHERE subject = $1 ORDER BY id';
  const rows = await deps.stores.db.$client.query(sql, [subject]);
  return rows.map(({ action }) => action as unknown);
}

describe('a vote', () => {
  it('counts once per customer, from twenty tabs too, and is taken back once', async () => {
    const [itemId, ada, eve] = [await makeItem(), await makeShopper(), await makeShopper()];
    const { id } = await rated(ada, itemId);
    await Promise.all(Array.from({ length: 20 }, () => vote(eve, 'POST', id)));
    expect(await (await vote(ada, 'POST', id)).json<Helpful>()).toEqual({ id, helpful: 2 });
    await Promise.all(Array.from({ length: 20 }, () => vote(eve, 'DELETE', id)));
    expect(await (await vote(eve, 'DELETE', id)).json<Helpful>()).toEqual({ id, helpful: 1 });
    const missing = 'rev_000000000000000000_000000000000000000';
    await expectProblem(await vote(eve, 'POST', missing), 404, 'not_found');
  });

  it('brings a review to the front of those sorted by it, page by page', async () => {
    const itemId = await makeItem();
    const [one, two, three] = (await makeShoppers(3)) as [Shopper, Shopper, Shopper];
    const first = (await rated(one, itemId)).id;
    const second = (await rated(two, itemId)).id;
    const third = (await rated(three, itemId)).id;
    for (const by of [one, two, three]) await vote(by, 'POST', second);
    await vote(one, 'POST', first);
    const order = (await listed(one, itemId, '?sort=helpful')).map(({ id }) => id);
    expect(order).toEqual([second, first, third]);
    const page = await call('GET', `/reviews/items/${itemId}?sort=helpful&limit=1`);
    const { nextCursor } = await page.json<ReviewList>();
    const next = `?sort=helpful&cursor=${encodeURIComponent(nextCursor ?? '')}`;
    expect((await listed(one, itemId, next)).map(({ id }) => id)).toEqual([first, third]);
  });
});

describe('what was reported', () => {
  it('comes up once for its admins, is hidden and restored, and each step is in the log', async () => {
    const [itemId, ada, eve] = [await makeItem(), await makeShopper(), await makeShopper()];
    const admin = await makeShopper('admin');
    const { id } = await rated(ada, itemId);
    for (let times = 0; times < 2; times++) expect((await report(eve, id)).status).toBe(204);
    expect(await reportsOf(admin, id)).toMatchObject([
      { kind: 'review', subjectId: itemId, reports: 1, reasons: ['spam'], hidden: false },
    ]);

    const hide = () => call('POST', `/admin/reviews/${id}/hide`, { token: admin.token });
    expect(await (await hide()).json()).toMatchObject({ id, hidden: true });
    await hide();
    expect(await listed(eve, itemId)).toEqual([]);
    const summary = await call('GET', `/reviews/items/${itemId}/summary`, { token: eve.token });
    expect(await summary.json()).toMatchObject({ count: 0, average: null });
    expect(await reportsOf(admin, id)).toEqual([]);
    expect(await hiddenOf(admin, id)).toMatchObject([{ hidden: true, reasons: ['spam'] }]);
    await expectProblem(await report(eve, id), 404, 'not_found');

    // Deleting it and writing it anew does not bring it back.
    await call('DELETE', `/reviews/items/${itemId}`, { token: ada.token });
    expect(await rated(ada, itemId)).toMatchObject({ id, hidden: true });
    expect(await listed(eve, itemId)).toEqual([]);

    await call('POST', `/admin/reviews/${id}/restore`, { token: admin.token });
    expect(await listed(eve, itemId)).toMatchObject([{ id, hidden: false }]);
    expect(await hiddenOf(admin, id)).toEqual([]);
    expect(await auditOf(id)).toEqual(['review.hide', 'review.restore']);
  });

  it('may be a comment, which stays as a placeholder where it has replies', async () => {
    const [{ eventId }, ada] = [await makeEvent(), await makeShopper()];
    const admin = await makeShopper('admin');
    const { token } = ada;
    const body = { body: 'Rude words' };
    const path = `/reviews/events/${eventId}/comments`;
    const { id } = await (await call('POST', path, { token, body })).json<Comment>();
    await call('POST', `/reviews/comments/${id}/replies`, { token, body: { body: 'Please.' } });
    expect((await report(await makeShopper(), `comments/${id}`, 'abuse')).status).toBe(204);
    expect(await reportsOf(admin, id, 'of=comments')).toMatchObject([
      { kind: 'comment', subjectId: eventId, text: 'Rude words', author: { id: ada.user.id } },
    ]);
    await call('POST', `/admin/comments/${id}/hide`, { token: admin.token });
    const list = await (await call('GET', path, { token })).json();
    expect(list).toMatchObject({
      comments: [{ id, status: 'hidden', body: null, author: null, replyCount: 1 }],
    });
    expect(await auditOf(id)).toEqual(['comment.hide']);
    expect(await hiddenOf(admin, id, 'comments')).toMatchObject([{ text: 'Rude words' }]);
    expect(await hiddenOf(admin, id)).toEqual([]);
  });

  it('is listed among what is hidden without a report too, latest written first, page by page', async () => {
    const itemId = await makeItem();
    const admin = await makeShopper('admin');
    const ids: string[] = [];
    for (const by of await makeShoppers(3)) ids.unshift((await rated(by, itemId)).id);
    for (const id of ids) {
      await call('POST', `/admin/reviews/${id}/hide`, { token: admin.token });
    }
    const found: string[] = [];
    let query = '';
    for (let pages = 0; pages < 50 && query !== 'over'; pages++) {
      const path = `/admin/reports?state=hidden&limit=2${query}`;
      const response = await call('GET', path, { token: admin.token });
      const { reports, nextCursor } = await response.json<ReportList>();
      found.push(...reports.map(({ id }) => id));
      query = nextCursor === null ? 'over' : `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    expect(found.filter((id) => ids.includes(id))).toEqual(ids);
    const [hidden] = await hiddenOf(admin, ids[0] ?? '');
    expect(hidden).toMatchObject({ reports: 0, reasons: [], reportedAt: null });
    const unknown = await call('GET', '/admin/reports?state=kept', { token: admin.token });
    await expectProblem(unknown, 400, 'malformed');
  });

  it('is for admins only to see and decide', async () => {
    const [itemId, ada] = [await makeItem(), await makeShopper()];
    const { id } = await rated(ada, itemId);
    const { token } = ada;
    const hide = await call('POST', `/admin/reviews/${id}/hide`, { token });
    await expectProblem(hide, 403, 'forbidden');
    await expectProblem(await call('GET', '/admin/reports', { token }), 403, 'forbidden');
    const missing = id.replace(/.$/, (char) => (char === '0' ? '1' : '0'));
    const admin = await makeShopper('admin');
    const nothing = await call('POST', `/admin/reviews/${missing}/hide`, { token: admin.token });
    await expectProblem(nothing, 404, 'not_found');
    expect(await auditOf(missing)).toEqual([]);
  });
});

it('a decision whose document could not be written is in the log, and carried out when repeated', async () => {
  const itemId = await makeItem();
  const [ada, admin] = [await makeShopper(), await makeShopper('admin')];
  const { id } = await rated(ada, itemId);
  if (deps.stores.documents === undefined) throw new Error('the tests have a store');
  const moderated = moderatedIn(deps.stores.documents, 'reviews');
  const decision = { id, hidden: true, actor: admin.user.id };
  const lost = {
    ...moderated,
    updateOne: () => Promise.reject(new Fault('away', { retryable: true })),
  };
  await expect(decide({ db: deps.stores.db, moderated: lost }, decision)).rejects.toThrow('away');
  expect(await auditOf(id)).toEqual(['review.hide']);
  expect(await listed(ada, itemId)).toHaveLength(1);

  await decide({ db: deps.stores.db, moderated }, decision);
  expect(await auditOf(id)).toEqual(['review.hide']);
  expect(await listed(ada, itemId)).toEqual([]);
});
