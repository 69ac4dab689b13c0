/** Calls that make something and name an Idempotency-Key. */
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { AuditList } from '../../contract/audit.ts';
import type { Item } from '../../contract/catalogue.ts';
import { KEY_MS, KEYS_PER_CALLER_MAX } from '../../stores/postgres/idempotency-keys.ts';
import { expectProblem, newEmail } from '../../testing/accounts.ts';
import { call, deps, makeEvent, makeItem, makeShopper, type Shopper } from '../../testing/shop.ts';
import { sweepOf } from '../../testing/sweeping.ts';

const HOUR_MS = 3_600_000;

let admin: Shopper;
let other: Shopper;
let keys = 0;

beforeAll(async () => {
  [admin, other] = [await makeShopper('admin'), await makeShopper('admin')];
});

interface Named {
  key: string | null;
  by: Shopper;
}

/** With a token of this moment, since the clock is moved by hours. */
async function post(path: string, body: unknown, named: string | null | Named) {
  const { key, by } =
    named !== null && typeof named === 'object' ? named : { key: named, by: admin };
  const { accessToken } = await deps.accounts.tokens.issue(
    { user: by.user, sessionEpoch: 0 },
    Date.now(),
  );
  const headers: Record<string, string> = key === null ? {} : { 'Idempotency-Key': key };
  return call('POST', path, { token: accessToken, body, headers });
}

async function countNamed(table: 'events' | 'item_catalog', name: string): Promise<number> {
  const column = sql.raw(table === 'events' ? 'title' : 'name');
  const { rows } = await deps.stores.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM ${sql.raw(table)} WHERE ${column} = ${name}`,
  );
  return rows[0]?.n ?? 0;
}

const KINDS = [
  {
    what: 'an event',
    path: '/admin/events',
    table: 'events',
    bodyOf: async (title: string) => ({
      title,
      currency: 'EUR',
      startsAt: new Date(Date.now() + HOUR_MS).toISOString(),
      endsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
      items: [{ itemId: await makeItem(), priceCents: 500, stock: 3 }],
    }),
    renamed: (body: object) => ({ ...body, title: 'Another' }),
  },
  {
    what: 'an item',
    path: '/admin/items',
    table: 'item_catalog',
    bodyOf: async (name: string) => ({ name, description: 'Bright.' }),
    renamed: (body: object) => ({ ...body, name: 'Another' }),
  },
] as const;

describe.each(KINDS)('making $what with a key', ({ path, table, bodyOf, renamed }) => {
  let key: string;
  let name: string;
  let body: object;

  beforeEach(async () => {
    keys += 1;
    [key, name] = [`"a key, ${table} ${keys}"`, `${table} ${performance.now()} ${keys}`];
    body = await bodyOf(name);
  });

  it('and sending it again makes one, with the first answer', async () => {
    const first = await post(path, body, key);
    expect(first.status).toBe(201);
    expect(first.headers.get('Idempotent-Replayed')).toBeNull();
    const text = await first.text();
    const { id } = JSON.parse(text) as { id: string };
    // What happens to it meanwhile is not in the first answer.
    const edit = { token: admin.token, body: renamed(body) };
    expect((await call('PUT', `${path}/${id}`, edit)).status).toBe(200);
    const again = await post(path, body, key);
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(again.headers.get('Location')).toBe(`/api/v1${path}/${id}`);
    expect(await again.text()).toBe(text);
    expect(await countNamed(table, name)).toBe(0);
    const audit = await call('GET', `/admin/audit?subject=${id}`, { token: admin.token });
    const actions = (await audit.json<AuditList>()).entries.map(({ action }) => action);
    expect(actions.filter((action) => action.endsWith('.create'))).toHaveLength(1);
  });

  it('at the same moment many times makes one, and all have the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(path, body, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.has('Idempotent-Replayed'));
    expect(replayed).toHaveLength(5);
    expect(await countNamed(table, name)).toBe(1);
  });

  it('and asking for something else with it is refused', async () => {
    expect((await post(path, body, key)).status).toBe(201);
    const answer = await post(path, renamed(body), key);
    await expectProblem(answer, 422, 'idempotency_key_reused');
    const both = await Promise.all(
      [body, renamed(body)].map((sent) => post(path, sent, `${table}-${keys}`)),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 422]));
  });

  it('is not what another admin makes with the same key, nor what is made without one', async () => {
    const made = [
      await post(path, body, key),
      await post(path, body, { key, by: other }),
      await post(path, body, null),
      await post(path, body, null),
    ];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const ids = await Promise.all(made.map(async (answer) => (await answer.json<Item>()).id));
    expect(new Set(ids).size).toBe(4);
  });

  it('leaves the key free where nothing was made', async () => {
    await expectProblem(await post(path, { ...body, unasked: 1 }, key), 400, 'malformed');
    expect((await post(path, body, key)).status).toBe(201);
  });

  it('is answered from the first time for a day, whatever the clock says of its input', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const first = await (await post(path, body, key)).json<Item>();
      vi.setSystemTime(Date.now() + KEY_MS - 1_000);
      await sweepOf();
      expect(await (await post(path, body, key)).json()).toEqual(first);
      vi.setSystemTime(Date.now() + 1_000);
      const later = await bodyOf(name);
      const second = await (await post(path, later, key)).json<Item>();
      expect(second.id).not.toBe(first.id);
      vi.setSystemTime(Date.now() + KEY_MS);
      await sweepOf();
      const { rows } = await deps.stores.db.execute(
        sql`SELECT key FROM idempotency_keys WHERE subject IN (${first.id}, ${second.id})`,
      );
      expect(rows).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(['""', `"${'x'.repeat(256)}"`, 'two words', '"open', 'ü'])(
    'that is written as %s is refused',
    async (malformed) => {
      await expectProblem(await post(path, body, malformed), 400, 'malformed');
    },
  );
});

it('an event with an item that the catalogue lacks leaves the key free', async () => {
  const body = await KINDS[0].bodyOf('A sale');
  const unknown = { itemId: 'itm_000000000000000000', priceCents: 1, stock: 1 };
  const key = `unknown-${performance.now()}`;
  const wrong = await post('/admin/events', { ...body, items: [unknown] }, key);
  await expectProblem(wrong, 400, 'malformed');
  expect((await post('/admin/events', body, key)).status).toBe(201);
});

it('a key is good for one operation', async () => {
  const key = `both-${performance.now()}`;
  const event = await post('/admin/events', await KINDS[0].bodyOf('A sale'), key);
  const item = await post('/admin/items', await KINDS[1].bodyOf('A lamp'), key);
  expect([event.status, item.status]).toEqual([201, 201]);
  expect((await event.json<AdminEvent>()).id).toMatch(/^evt_/);
});

it('one caller has no more keys than the limit, and makes things without one', async () => {
  const many = await makeShopper('admin');
  await deps.stores.db.execute(sql`
    INSERT INTO idempotency_keys (caller, operation, key, request_hash, subject, created_at)
    SELECT ${many.user.id}, 'createItem', 'k' || n, '', '', now()
      FROM generate_series(1, ${KEYS_PER_CALLER_MAX}::int) n`);
  const body = await KINDS[1].bodyOf('One more');
  const refused = await post('/admin/items', body, { key: 'one-more', by: many });
  expect(refused.headers.get('Retry-After')).not.toBeNull();
  await expectProblem(refused, 429, 'rate_limited');
  expect((await post('/admin/items', body, { key: null, by: many })).status).toBe(201);
});

it('calls that make nothing more when sent again take a key all the same', async () => {
  const { itemId } = await makeEvent();
  const [writer, reader] = [await makeShopper(), await makeShopper()];
  const headers = { 'Idempotency-Key': '"once"' };
  const send = (path: string, by: Shopper, body?: unknown) =>
    call('POST', path, { token: by.token, headers, body });
  const rated = await send(`/reviews/items/${itemId}`, writer, { rating: 4 });
  const { id } = await rated.json<{ id: string }>();
  const again = await send(`/reviews/items/${itemId}`, writer, { rating: 4 });
  expect([rated.status, again.status]).toEqual([201, 200]);
  expect(await again.json()).toMatchObject({ id });
  for (let time = 0; time < 2; time++) {
    const voted = await send(`/reviews/${id}/helpful`, reader);
    expect(await voted.json()).toMatchObject({ helpful: 1 });
    const reported = await send(`/reviews/${id}/report`, reader, { reason: 'spam' });
    expect(reported.status).toBe(204);
  }
  const account = { email: newEmail(), password: 'Passw0rd!Passw0rd!', displayName: 'A' };
  const register = () => call('POST', '/auth/register', { headers, body: account });
  expect((await register()).status).toBe(201);
  await expectProblem(await register(), 409, 'email_taken');
  const malformed = { 'Idempotency-Key': '"open' };
  const wrong = await call('POST', '/auth/register', { headers: malformed, body: account });
  await expectProblem(wrong, 400, 'malformed');
});
