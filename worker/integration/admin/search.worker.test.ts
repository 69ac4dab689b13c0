/** The console's one search: what it finds by parts of names, and who may ask. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_SEARCH_FOUND_MAX, type AdminSearch } from '../../contract/admin-search.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { hold } from '../../testing/purchases.ts';
import {
  call,
  deps,
  makeEvent,
  makeShopper,
  makeShoppers,
  type Shopper,
} from '../../testing/shop.ts';
import { storeCallsOf } from '../../testing/store-calls.ts';

/** Of letters that only what is made here has. */
const MARK = `x${crypto.randomUUID().replaceAll('-', '')}`;
const WITH_SIGNS = `100%_${MARK}`;

let admin: Admin;
let shopper: Shopper;
let sale: { eventId: string; itemId: string; eventItemId: string };
let orderId: string;

beforeAll(async () => {
  admin = await makeAdmin();
  shopper = await makeShopper();
  sale = await makeEvent();
  const order = await hold(shopper, sale.eventItemId);
  orderId = order.id;
  const { db } = deps.stores;
  await db.execute(sql`UPDATE users SET display_name = ${`Jörg Müller${MARK}`}
    WHERE id = ${shopper.user.id}`);
  await db.execute(
    sql`UPDATE events SET title = ${`Fête ${MARK} Nuit`} WHERE id = ${sale.eventId}`,
  );
  await db.execute(sql`UPDATE item_catalog SET name = ${`Ночная ${WITH_SIGNS}`}
    WHERE id = ${sale.itemId}`);
});

async function search(q: string): Promise<AdminSearch> {
  const answer = await admin.call('GET', `/search?q=${encodeURIComponent(q)}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

const idsOf = (found: { id: string }[]) => found.map(({ id }) => id);

/** The ids of each group. */
async function idsFound(q: string) {
  const { orders, customers, events, items } = await search(q);
  return {
    orders: idsOf(orders),
    customers: idsOf(customers),
    events: idsOf(events),
    items: idsOf(items),
  };
}

const NONE = { orders: [], customers: [], events: [], items: [] };

describe('the search', () => {
  it('finds all kinds by a part that all their names have', async () => {
    expect(await idsFound(MARK.slice(3).toUpperCase())).toEqual({
      orders: [orderId],
      customers: [shopper.user.id],
      events: [sale.eventId],
      items: [sale.itemId],
    });
  });

  it('finds a customer and their orders by words of the name, with accents or without', async () => {
    const found = { ...NONE, orders: [orderId], customers: [shopper.user.id] };
    expect(await idsFound(`jorg uller${MARK}`)).toEqual(found);
    expect(await idsFound(`${MARK} JÖRG`)).toEqual(found);
  });

  it('finds a customer by a part of the address', async () => {
    const other = await makeShopper();
    const email = `ann.zebedee${MARK}@mail.example`;
    await deps.stores.db.execute(
      sql`UPDATE users SET email = ${email} WHERE id = ${other.user.id}`,
    );
    expect((await idsFound(`dee${MARK}@mai`)).customers).toEqual([other.user.id]);
  });

  it('finds an order by its number, with its dashes and without', async () => {
    const number = orderNumberOf(orderId as Parameters<typeof orderNumberOf>[0]);
    expect((await idsFound(number)).orders).toContain(orderId);
    expect((await idsFound(number.replaceAll('-', '').toLowerCase())).orders).toContain(orderId);
  });

  it('finds an event by words of its title, and an item by words of its name', async () => {
    expect(await idsFound(`nuit fete ${MARK}`)).toEqual({ ...NONE, events: [sale.eventId] });
    expect((await idsFound(`ночн ${MARK}`)).items).toEqual([sale.itemId]);
  });

  it('takes signs as what stands between words, and never as patterns', async () => {
    expect((await idsFound(`100% ${MARK}`)).items).toEqual([sale.itemId]);
    expect((await idsFound(WITH_SIGNS)).items).toEqual([sale.itemId]);
    expect(await idsFound(`1_0 ${MARK}`)).toEqual(NONE);
    expect(await idsFound(`q%${MARK.slice(9)}'; --`)).toEqual(NONE);
  });

  it('finds nothing where not all words are in one name', async () => {
    expect(await idsFound(`jorg nuit ${MARK}`)).toEqual(NONE);
  });

  it('shows the newest few of each, and says of what there is more', async () => {
    const many = `y${MARK}`;
    const made = (await makeShoppers(ADMIN_SEARCH_FOUND_MAX + 1)).map(({ user }) => user.id);
    for (const id of made) {
      await deps.stores.db.execute(sql`UPDATE users SET display_name = ${many} WHERE id = ${id}`);
    }
    const { customers, more } = await search(many);
    expect(customers).toHaveLength(ADMIN_SEARCH_FOUND_MAX);
    expect(more).toEqual(['customers']);
    expect((await search(`jorg ${MARK}`)).more).toEqual([]);
  });

  it('needs two letters or digits that follow each other', async () => {
    for (const q of ['', 'x', ' ж ', 'a b', '%_', '--', 'x'.repeat(121)]) {
      const answer = await admin.call('GET', `/search?q=${encodeURIComponent(q)}`);
      await expectProblem(answer, 400, 'malformed');
    }
    await search('王芳');
    await search('42');
  });

  it('costs the database a few statements, however much is found', async () => {
    const { statements } = await storeCallsOf(() => search(MARK));
    // The caller; of orders and of customers how many there may be, a page, and where it ended; events; items.
    expect(statements).toBeLessThanOrEqual(9);
  });

  it('is for admins only', async () => {
    await expectProblem(await call('GET', `/admin/search?q=${MARK}`), 401, 'unauthenticated');
    const asked = { token: shopper.token };
    await expectProblem(await call('GET', `/admin/search?q=${MARK}`, asked), 403, 'forbidden');
  });
});
