/** Customers as admins see and switch them, and their orders. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AdminOrderList, CustomerList } from '../../contract/administration.ts';
import { makeUserId, orderIdRange } from '../../contract/ids.ts';
import { EXPORT_PAGE_ROWS } from '../../http/formats/csv-pages.ts';
import { insertUser } from '../../stores/postgres/users.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { hold, pass, reserve, settle } from '../../testing/purchases.ts';
import {
  deps,
  HOLD_MS,
  makeEvent,
  makeItem,
  makeShopper,
  makeShoppers,
  type Shopper,
} from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

afterEach(() => {
  vi.useRealTimers();
});

async function emailsFound(query: string): Promise<string[]> {
  const { users } = await (await admin.call('GET', `/users?${query}`)).json<CustomerList>();
  return users.map(({ email }) => email).toSorted();
}

async function orderList(query: string): Promise<AdminOrderList> {
  return (await admin.call('GET', `/orders?${query}`)).json();
}

/** Puts a login beside the account, as signing in does. */
async function signIn({ user }: Shopper): Promise<void> {
  await deps.stores.db.execute(sql`INSERT INTO logins (id, user_id, secret_hash, created_at, expires_at)
    VALUES (${`login of ${user.id}`}, ${user.id}, 'x', now(), now() + interval '1 day')`);
}

async function loginsOf({ user }: Shopper) {
  const { rows } = await deps.stores.db.execute(sql`SELECT session_epoch AS epoch,
    (SELECT count(*)::int FROM logins WHERE user_id = ${user.id}) AS logins
    FROM users WHERE id = ${user.id}`);
  return rows[0];
}

describe('a customer', () => {
  it('is found by parts of the name and the address, by role and by whether active', async () => {
    const mark = `zoe${Math.floor(performance.now())}`;
    const emails = ['a@example.com', 'b@example.com', '_@example.com'].map((rest) => mark + rest);
    for (const [n, email] of emails.entries()) {
      const id = makeUserId(Date.now() + n, deps.platform.fillRandom);
      const role = n === 1 ? 'admin' : 'customer';
      await insertUser(deps.stores.db, {
        id,
        email,
        displayName: 'Zoë Lindquist',
        passwordHash: 'none',
        role,
      });
      if (n === 2) await admin.call('POST', `/users/${id}/deactivate`);
    }
    expect(await emailsFound(`q=${mark.toUpperCase()}`)).toEqual(emails.toSorted());
    expect(await emailsFound(`q=${mark.slice(1)}`)).toEqual(emails.toSorted());
    expect(await emailsFound(`q=${mark}b%40exam`)).toEqual([emails[1]]);
    expect(await emailsFound(`q=${mark} zoe quist`)).toEqual(emails.toSorted());
    expect(await emailsFound(`q=${mark} berg`)).toEqual([]);
    expect(await emailsFound(`q=${mark}&role=admin`)).toEqual([emails[1]]);
    expect(await emailsFound(`q=${mark}&active=false`)).toEqual([emails[2]]);
    expect(await emailsFound(`q=${mark}&active=true`)).toEqual([emails[0], emails[1]]);
    // Two letters are the beginning of a word, and signs are none.
    expect(await emailsFound(`q=${mark} li`)).toEqual(emails.toSorted());
    expect(await emailsFound(`q=${mark} in`)).toEqual([]);
    expect(await emailsFound('q=%25_')).toEqual([]);
  });

  it('is listed once, while others come between two pages', async () => {
    const seen: string[] = [];
    const made = (await makeShoppers(3)).map(({ user }) => user.id);
    let cursor = '';
    for (let pages = 0; pages < 100; pages++) {
      const page = await (await admin.call('GET', `/users?limit=2${cursor}`)).json<CustomerList>();
      seen.push(...page.users.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
      if (pages < 2) await makeShopper();
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made));
  });

  it('is shown with their orders by state, and nothing of their password', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const shopper = await makeShopper();
    const [one, two, three] = [await makeEvent(), await makeEvent(), await makeEvent()];
    await settle(shopper, await hold(shopper, one.eventItemId), 'confirm');
    await settle(shopper, await hold(shopper, two.eventItemId), 'cancel');
    await hold(shopper, three.eventItemId);
    pass(HOLD_MS);
    await hold(shopper, two.eventItemId);
    const response = await admin.call('GET', `/users/${shopper.user.id}`);
    expect(await response.json()).toEqual({
      ...shopper.user,
      active: true,
      deletedAt: null,
      mailSuppressed: null,
      createdAt: expect.any(String),
      orders: { pending: 1, confirmed: 1, cancelled: 1, expired: 1 },
    });
  });
});

describe('deactivating', () => {
  it('ends every login, takes effect on the next purchase, and is done once', async () => {
    const { eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    await signIn(shopper);
    for (const _ of [1, 2]) {
      const response = await admin.call('POST', `/users/${shopper.user.id}/deactivate`);
      expect(await response.json()).toMatchObject({ id: shopper.user.id, active: false });
    }
    expect(await loginsOf(shopper)).toMatchObject({ logins: 0 });
    expect((await reserve(shopper, eventItemId)).status).toBe(401);
    for (const _ of [1, 2]) {
      const response = await admin.call('POST', `/users/${shopper.user.id}/activate`);
      expect(await response.json()).toMatchObject({ active: true });
    }
    expect(await admin.auditOf(shopper.user.id)).toMatchObject([
      { action: 'user.activate', before: { active: false }, after: { active: true } },
      { action: 'user.deactivate', before: { active: true }, after: { active: false } },
    ]);
  });

  it('makes tokens given before it older than the account', async () => {
    const shopper = await makeShopper();
    expect(await loginsOf(shopper)).toMatchObject({ epoch: 0 });
    await admin.call('POST', `/users/${shopper.user.id}/deactivate`);
    expect(await loginsOf(shopper)).toMatchObject({ epoch: 1 });
  });

  it('is refused for one’s own account, which stays signed in', async () => {
    await signIn(admin);
    const response = await admin.call('POST', `/users/${admin.user.id}/deactivate`);
    expect(await response.json()).toMatchObject({ status: 409, code: 'own_account' });
    expect(await loginsOf(admin)).toMatchObject({ logins: 1, epoch: 0 });
    expect(await admin.auditOf(admin.user.id)).toEqual([]);
  });
});

describe('orders', () => {
  it('are listed by event, customer and state, page by page, while a sale goes on', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 20 });
    const shoppers = await makeShoppers(5);
    const ids: string[] = [];
    for (const shopper of shoppers) {
      ids.unshift((await hold(shopper, eventItemId)).id);
      pass(1);
    }
    const [first] = shoppers;
    if (!first) throw new Error('shoppers were asked for');
    await settle(first, { id: ids.at(-1) ?? '' }, 'confirm');
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 10; pages++) {
      const page = await orderList(`eventId=${eventId}&limit=2${cursor}`);
      seen.push(...page.orders.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
      await hold(await makeShopper(), eventItemId);
    }
    expect(seen).toEqual(ids);
    const wanted = { customerId: first.user.id, customerEmail: first.user.email, itemName: 'Lamp' };
    const confirmed = { orders: [{ ...wanted, status: 'confirmed', endedAt: expect.any(String) }] };
    expect(await orderList(`eventId=${eventId}&status=confirmed`)).toMatchObject(confirmed);
    expect(await orderList(`customer=${first.user.id}`)).toMatchObject(confirmed);
    expect(await orderList(`customer=${first.user.id}&status=pending`)).toMatchObject({
      orders: [],
    });
    pass(HOLD_MS);
    expect((await orderList(`eventId=${eventId}&status=pending`)).orders).toEqual([]);
    expect((await orderList(`eventId=${eventId}&status=expired`)).orders).toHaveLength(6);
  });

  it('are taken away as CSV, oldest first, on from an order, with no cell that runs', async () => {
    const itemId = await makeItem('=HYPERLINK("http://x","buy, now")');
    const body = {
      title: 'Sale',
      currency: 'EUR',
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      items: [{ itemId, priceCents: 1_999, stock: 5 }],
    };
    const event = await (await admin.call('POST', '/events', body)).json<AnEvent>();
    const shoppers = await makeShoppers(2);
    const orders = [];
    for (const shopper of shoppers) orders.push(await hold(shopper, event.items[0]?.id ?? ''));
    const path = `/events/${event.id}/orders.csv`;
    const response = await admin.call('GET', path);
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('Content-Disposition')).toContain(`orders-${event.id}.csv`);
    const [header, ...lines] = (await response.text()).trimEnd().split('\r\n');
    expect(header).toMatch(/^order_id,status,item,quantity,unit_price_minor,currency,customer_id/);
    expect(header).toMatch(/,ended_at,unit_price,total,order_number,variant,total_minor,/);
    expect(lines).toHaveLength(2);
    for (const [n, line] of lines.entries()) {
      expect(line).toContain(`${orders[n]?.id},pending,"'=HYPERLINK(""http://x"",""buy, now"")",1`);
      expect(line).toContain(shoppers[n]?.user.email);
      expect(line).toMatch(new RegExp(`,,19.99,19.99,${orders[n]?.number},,1999,0,,,,,,,$`));
    }
    const bytes = new Uint8Array(await (await admin.call('GET', path)).arrayBuffer());
    // As Excel wants it, to read umlauts.
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rest = await (await admin.call('GET', `${path}?after=${orders[0]?.id}`)).text();
    expect(rest).toBe([header, lines[1], ''].join('\r\n'));
  });

  it('are taken away whole, however many pages that takes', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const { user } = await makeShopper();
    const rows = 2 * EXPORT_PAGE_ROWS + 1;
    const [first] = orderIdRange(eventId);
    await deps.stores.db.execute(sql`INSERT INTO orders (id, event_id, event_item_id, customer_id, status,
        quantity, unit_price_cents, currency, reserved_at, expires_at, ended_at)
      SELECT ${first.slice(0, -6)} || lpad(n::text, 6, '0'), ${eventId}, ${eventItemId}, ${user.id},
             'cancelled', 1, 1, 'EUR', now(), now(), now() FROM generate_series(1, ${rows}::int) n`);
    const text = await (await admin.call('GET', `/events/${eventId}/orders.csv`)).text();
    const ids = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0]);
    expect(ids).toHaveLength(rows);
    // Oldest first, each once.
    expect(ids.every((id, n) => n === 0 || (ids[n - 1] ?? '') < (id ?? ''))).toBe(true);
  });
});

interface AnEvent {
  id: string;
  items: { id: string }[];
}
