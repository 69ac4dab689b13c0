/** Texts that people write, over HTTP: what shows nothing, what turns others, and who pretends. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../contract/accounts.ts';
import type { EventDetail } from '../../contract/events.ts';
import type { Comment, CommentList, Review } from '../../contract/reviews.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const BLANKS = [
  '\u2800',
  '\u3164',
  '\u200b\u200d',
  '\u0301',
  '\u00ad',
  ' \u00a0',
  '\ufe0f',
  '\u{e0041}',
];
const OVERRIDES = ['a\u202eb', 'a\u2067b', 'a\u2069b', 'a\u200eb', 'a\u200fb', 'a\u061cb'];
const PASSWORD = 'correct horse';

let admin: Shopper;
let shopper: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
  shopper = await makeShopper();
});

const register = (displayName: string, email = `${crypto.randomUUID()}@example.com`) =>
  call('POST', '/auth/register', { body: { email, password: PASSWORD, displayName } });

const rename = ({ token }: Shopper, displayName: string) =>
  call('PUT', '/profile', { token, body: { displayName } });

function makeItem(fields: object) {
  return call('POST', '/admin/items', { token: admin.token, body: { name: 'Lamp', ...fields } });
}

async function makeTitled(title: string) {
  const { itemId } = await makeEvent();
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const body = {
    title,
    currency: 'EUR',
    startsAt: new Date().toISOString(),
    endsAt,
    items: [{ itemId, priceCents: 1, stock: 1 }],
  };
  return call('POST', '/admin/events', { token: admin.token, body });
}

describe.each([...BLANKS, ...OVERRIDES])('a line such as %j', (line) => {
  it('is nobody’s name, and no item’s, category’s or event’s', async () => {
    for (const answer of [
      await register(line),
      await rename(shopper, line),
      await makeItem({ name: line }),
      await makeItem({ category: line }),
      await makeTitled(line),
    ]) {
      await expectProblem(answer, 400, 'malformed');
    }
  });
});

describe.each(BLANKS)('a text of nothing but %j', (text) => {
  it('is no comment, no reply and no search, and an empty one where it may be empty', async () => {
    const { eventId, itemId } = await makeEvent();
    const { token } = shopper;
    const path = `/reviews/events/${eventId}/comments`;
    const comment = await call('POST', path, { token, body: { body: text } });
    await expectProblem(comment, 400, 'malformed');
    const search = await call('GET', `/events?q=${encodeURIComponent(text)}`);
    await expectProblem(search, 400, 'malformed');
    const rating = { rating: 5, comment: text };
    const review = await call('POST', `/reviews/items/${itemId}`, { token, body: rating });
    expect((await review.json<Review>()).comment).toBe('');
  });
});

describe('a text of several lines', () => {
  it('keeps its words and loses what turns the text around it', async () => {
    const { eventId } = await makeEvent();
    const { token } = shopper;
    const path = `/reviews/events/${eventId}/comments`;
    const body = 'one \u202etwo\nthree\u2069 \u0634\u0643\u0631\u0627';
    const made = await call('POST', path, { token, body: { body } });
    expect(made.status).toBe(201);
    expect((await made.json<Comment>()).body).toBe('one two\nthree \u0634\u0643\u0631\u0627');
  });

  it('that was stored before is read without them, as names are', async () => {
    const { eventId, itemId } = await makeEvent();
    const title = 'x\u202ey\u2066';
    await deps.stores.db.execute(sql`UPDATE events SET title = ${title} WHERE id = ${eventId}`);
    await deps.stores.db.execute(sql`UPDATE item_catalog SET name = ${title} WHERE id = ${itemId}`);
    const event = await (await call('GET', `/events/${eventId}`)).json<EventDetail>();
    expect(event).toMatchObject({ title: 'xy', items: [{ name: 'xy' }] });
  });
});

describe('a name of the shop’s own people', () => {
  it.each([
    'Admin',
    'SwiftDrop Support',
    '\u0410dmin',
    'Ad\u200bmin',
    'Kundenservice',
    'M0derator',
  ])('%j is refused to customers, with the reason at its field', async (displayName) => {
    for (const answer of [await register(displayName), await rename(shopper, displayName)]) {
      expect(answer.status).toBe(409);
      const errors = [{ path: 'displayName', message: expect.any(String) }];
      expect(await answer.json()).toMatchObject({ code: 'name_reserved', errors });
    }
  });

  it('may be had by an admin, whose words carry the sign that they are', async () => {
    const staff = await makeShopper('admin');
    expect((await rename(staff, 'SwiftDrop Support')).status).toBe(200);
    const { eventId } = await makeEvent();
    const path = `/reviews/events/${eventId}/comments`;
    for (const { token } of [shopper, staff]) {
      expect((await call('POST', path, { token, body: { body: 'Hello' } })).status).toBe(201);
    }
    const { token } = shopper;
    const { comments } = await (await call('GET', path, { token })).json<CommentList>();
    const signs = comments.map(({ author }) => [author?.id, author?.staff]);
    expect(new Map(signs as [string, boolean][])).toEqual(
      new Map([
        [shopper.user.id, false],
        [staff.user.id, true],
      ]),
    );
  });
});

describe('an e-mail address', () => {
  it('with an internationalised domain is one account, however it is written', async () => {
    const local = `o'neill/${crypto.randomUUID()}`;
    const made = await register('Ada', `${local}@B\u00fccher.example`);
    expect(made.status).toBe(201);
    const { user } = await made.json<Session>();
    expect(user.email).toBe(`${local}@xn--bcher-kva.example`);
    const again = await register('Ada', `${local}@xn--bcher-kva.example`);
    await expectProblem(again, 409, 'email_taken');
    const email = `${local}@b\u00fccher.example`.toUpperCase();
    const login = await call('POST', '/auth/login', { body: { email, password: PASSWORD } });
    expect(login.status).toBe(200);
  });
});
