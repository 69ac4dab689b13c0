/** The catalogue as admins fill it, and its entries in the audit log. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ItemList } from '../../contract/administration.ts';
import type { AuditList } from '../../contract/audit.ts';
import type { Item } from '../../contract/catalogue.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { call, deps, makeEvent, makeItem, makeShopper } from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function auditOf(query: string): Promise<AuditList> {
  return (await admin.call('GET', `/audit?${query}`)).json();
}

describe('an item of the catalogue', () => {
  it('is made, read, edited and removed, each with its entry in the audit log', async () => {
    const made = await admin.call('POST', '/items', { name: 'Kettle', category: 'kitchen' });
    expect(made.status).toBe(201);
    const item = await made.json<Item>();
    expect(item).toMatchObject({ name: 'Kettle', description: '', imageUrl: null });
    const path = `/items/${item.id}`;
    const texts = { name: 'Kettle', category: 'kitchen', imageUrl: '/images/kettle.svg' };
    const edited = await admin.call('PUT', path, texts);
    const now = { ...item, ...texts, pictures: ['/images/kettle.svg'] };
    expect(await edited.json()).toEqual(now);
    expect(await (await admin.call('GET', path)).json()).toEqual(now);
    // Nothing changes, so nothing is written.
    await admin.call('PUT', path, texts);

    const removed = await admin.call('DELETE', path);
    expect([removed.status, await removed.text()]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE'])
      expect((await admin.call(method, path)).status).toBe(404);
    const actor = admin.user.id;
    expect((await auditOf(`subject=${item.id}`)).entries).toEqual([
      expect.objectContaining({ actor, action: 'item.delete', after: null }),
      expect.objectContaining({
        action: 'item.edit',
        before: { imageUrl: null },
        after: { imageUrl: '/images/kettle.svg' },
      }),
      expect.objectContaining({ action: 'item.create', before: null }),
    ]);
  });

  it('that an event has is kept, and nothing is written of the attempt', async () => {
    const { itemId } = await makeEvent();
    const refused = await admin.call('DELETE', `/items/${itemId}`);
    expect(await refused.json()).toMatchObject({ status: 409, code: 'item_in_use' });
    expect((await admin.call('GET', `/items/${itemId}`)).status).toBe(200);
    expect((await auditOf(`subject=${itemId}`)).entries).toHaveLength(1);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ description: 'x'.repeat(2_001) }, 'description'],
    [{ category: '' }, 'category'],
    [{ imageUrl: 'http://example.com/a.png' }, 'imageUrl'],
    [{ imageUrl: 'javascript:alert(1)' }, 'imageUrl'],
    [{ price: 1 }, ''],
  ])('with %j is refused, and the field named', async (change, path) => {
    const body = { name: 'Kettle', ...change };
    for (const [method, target] of [
      ['POST', '/items'],
      ['PUT', `/items/${await makeItem()}`],
    ] as const) {
      const response = await admin.call(method, target, body);
      expect(await response.json()).toMatchObject({ code: 'malformed', errors: [{ path }] });
    }
  });
});

describe('the list of items', () => {
  it('repeats and leaves out nothing when items are added between two pages', async () => {
    const name = `paged ${Math.floor(performance.now())}`;
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift(await makeItem(`${name} ${n}`));
    const page = async (cursor: string) => {
      const query = `/items?limit=2&q=${encodeURIComponent(name)}${cursor}`;
      return (await admin.call('GET', query)).json<ItemList>();
    };
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 10; pages++) {
      const { items, nextCursor } = await page(cursor);
      seen.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
      await makeItem(`${name} added later`);
    }
    expect(seen).toEqual(ids);
  });

  it('is narrowed by category and by a part of the name, in any case', async () => {
    const category = `category ${Math.floor(performance.now())}`;
    for (const name of ['Red lamp', 'Blue LAMP', 'Chair']) {
      await admin.call('POST', '/items', { name, category });
    }
    const found = async (query: string) => {
      const response = await admin.call(
        'GET',
        `/items?category=${encodeURIComponent(category)}${query}`,
      );
      return (await response.json<ItemList>()).items.map(({ name }) => name);
    };
    expect(await found('')).toEqual(['Chair', 'Blue LAMP', 'Red lamp']);
    expect(await found('&q=lamp')).toEqual(['Blue LAMP', 'Red lamp']);
    expect(await found('&q=red')).toEqual(['Red lamp']);
  });
});

describe('the audit log', () => {
  it('is read newest first, page by page, while entries are added', async () => {
    const one = await makeShopper('admin');
    const made: string[] = [];
    const add = async (name: string) => {
      const options = { token: one.token, body: { name } };
      const { id } = await (await call('POST', '/admin/items', options)).json<Item>();
      return id;
    };
    for (let n = 0; n < 5; n++) made.unshift(await add(`Item ${n}`));
    const query = `actor=${one.user.id}&action=item.create&limit=2`;
    const first = await auditOf(query);
    await add('Added later');
    const second = await auditOf(`${query}&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    const third = await auditOf(`${query}&cursor=${encodeURIComponent(second.nextCursor ?? '')}`);
    const seen = [first, second, third].flatMap(({ entries }) => entries);
    expect(seen.map(({ subject }) => subject)).toEqual(made);
    expect(third.nextCursor).toBeNull();
    expect(await auditOf(`${query}&subject=${made[2]}`)).toMatchObject({
      entries: [{ subject: made[2], after: { name: 'Item 2' } }],
    });
    expect((await auditOf(`actor=${one.user.id}&action=item.delete`)).entries).toEqual([]);
  });

  it('cannot be changed, emptied or cut, whoever asks', async () => {
    await makeItem();
    const { db } = deps.stores;
    const { rows } = await db.execute<{ id: string }>(sql`SELECT max(id) AS id FROM audit_log`);
    // Other files of tests add entries meanwhile.
    const count = sql`SELECT count(*)::int AS n FROM audit_log WHERE id <= ${rows[0]?.id}`;
    const before = await db.execute<{ n: number }>(count);
    expect(before.rows[0]?.n).toBeGreaterThan(0);
    for (const change of [
      sql`UPDATE audit_log SET actor = 'nobody'`,
      sql`DELETE FROM audit_log`,
      sql`TRUNCATE audit_log`,
    ]) {
      await expect(db.execute(change)).rejects.toMatchObject({
        cause: { code: '23000' },
      });
    }
    expect((await db.execute(count)).rows).toEqual(before.rows);
  });
});
