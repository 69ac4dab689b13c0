/** Ratings of items, by HTTP, over a real Data API. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/config.ts';
import type { ItemId } from '../../contract/ids.ts';
import type { Review, ReviewList, ReviewSummary } from '../../contract/reviews.ts';
import { createDataApiClient } from '../../stores/documents/data-api-client.ts';
import { updateProfile } from '../../stores/postgres/users.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { makeShoe, makeShoeSale } from '../../testing/shoes.ts';
import {
  call,
  deps,
  makeEvent,
  makeItem,
  makeShopper,
  makeShoppers,
  type Shopper,
  shopEnv,
} from '../../testing/shop.ts';

function rate({ token }: Shopper, itemId: string, body: unknown): Promise<Response> {
  return call('POST', `/reviews/items/${itemId}`, { token, body });
}

/** As somebody signed in reads it, which is never kept. */
async function read<T>({ token }: Shopper, path: string): Promise<T> {
  const response = await call('GET', path, { token });
  expect(response.status).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return response.json<T>();
}

const list = (reader: Shopper, itemId: ItemId, query = '') =>
  read<ReviewList>(reader, `/reviews/items/${itemId}${query}`);
const summary = (reader: Shopper, itemId: ItemId) =>
  read<ReviewSummary>(reader, `/reviews/items/${itemId}/summary`);

describe('a rating', () => {
  it('is one per customer and item: a second one takes its place, and counts once', async () => {
    const [itemId, ada, grace] = [await makeItem(), await makeShopper(), await makeShopper()];
    const first = await rate(ada, itemId, { rating: 1, comment: ' Dim. ' });
    expect(first.status).toBe(201);
    const { id } = await first.json<Review>();
    await rate(grace, itemId, { rating: 4 });
    expect(await summary(ada, itemId)).toMatchObject({ average: 2.5, count: 2 });

    const second = await rate(ada, itemId, { rating: 5 });
    expect(second.status).toBe(200);
    expect(await second.json()).toMatchObject({ id, rating: 5, comment: '' });
    expect(await summary(ada, itemId)).toEqual({
      itemId,
      average: 4.5,
      count: 2,
      distribution: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 },
    });
  });

  it('of nothing, or of what is no item, finds nothing', async () => {
    const ada = await makeShopper();
    for (const itemId of [
      'itm_000000000000000000',
      'itm_1',
      '__proto__',
      '%7B%22$gt%22:%22%22%7D',
    ]) {
      await expectProblem(await rate(ada, itemId, { rating: 5 }), 404, 'not_found');
    }
    const nowhere = '/reviews/items/itm_000000000000000000';
    await expectProblem(await call('GET', nowhere), 404, 'not_found');
    await expectProblem(await call('GET', `${nowhere}/summary`), 404, 'not_found');
  });

  it('is deleted by its author, as often as they like, and no longer counts', async () => {
    const [itemId, ada, grace] = [await makeItem(), await makeShopper(), await makeShopper()];
    await rate(ada, itemId, { rating: 1 });
    await rate(grace, itemId, { rating: 5 });
    for (let times = 0; times < 2; times++) {
      const path = `/reviews/items/${itemId}`;
      expect((await call('DELETE', path, { token: ada.token })).status).toBe(204);
    }
    expect(await summary(ada, itemId)).toMatchObject({ average: 5, count: 1 });
    const mine = await call('GET', `/reviews/items/${itemId}/mine`, { token: ada.token });
    await expectProblem(mine, 404, 'not_found');
  });

  it('shows a buyer from when the order is confirmed, and the name of today', async () => {
    const { itemId, eventItemId } = await makeEvent();
    const ada = await makeShopper();
    await rate(ada, itemId, { rating: 5 });
    const order = await hold(ada, eventItemId);
    expect((await list(ada, itemId)).reviews[0]).toMatchObject({ verifiedBuyer: false });
    await settle(ada, order, 'confirm');
    await updateProfile(deps.stores.db, ada.user.id, { displayName: 'Ada L.' });
    expect((await list(ada, itemId)).reviews).toMatchObject([
      { verifiedBuyer: true, author: { id: ada.user.id, name: 'Ada L.' } },
    ]);
  });

  it('names the variants that its author bought, the latest first', async () => {
    const admin = await makeAdmin();
    const shoe = await makeShoe(admin, ['41', '42', '43', '44']);
    const variants = shoe.variants.map(({ id }) => ({ variantId: id, stock: 5 }));
    const { items } = await makeShoeSale(admin, shoe, { limitPerCustomer: 5, variants });
    const ada = await makeShopper();
    await rate(ada, shoe.id, { rating: 5 });
    for (const size of ['41', '42', '43', '41', '44']) {
      const item = items.find(({ variant }) => variant?.label === size);
      await settle(ada, await hold(ada, item?.id ?? ''), 'confirm');
    }
    expect((await list(ada, shoe.id)).reviews).toMatchObject([
      { verifiedBuyer: true, boughtVariants: ['44', '41', '43'] },
    ]);
  });

  it('is listed page by page, the newest first, each once', async () => {
    const itemId = await makeItem();
    const shoppers = await makeShoppers(5);
    for (const shopper of shoppers) await rate(shopper, itemId, { rating: 3 });
    const [reader] = shoppers as [Shopper];
    const seen: string[] = [];
    let query = '?limit=2';
    for (let pages = 0; pages < 3; pages++) {
      const { reviews, nextCursor } = await list(reader, itemId, query);
      seen.push(...reviews.map(({ author }) => author.id));
      expect(nextCursor === null).toBe(pages === 2);
      query = `?limit=2&cursor=${encodeURIComponent(nextCursor ?? '')}`;
    }
    expect(new Set(seen)).toEqual(new Set(shoppers.map(({ user }) => user.id)));
    expect(seen).toHaveLength(5);
  });
});

/** A shop that waits as long as it takes: a busy machine is not what is tested. */
function patientShop() {
  const { dataApi } = readConfig(shopEnv);
  if (dataApi === undefined) throw new Error('the tests have a store');
  const { url: baseUrl, key: apiKey, dataSource, database } = dataApi;
  const at = { fetcher: globalThis, baseUrl, apiKey, dataSource, database };
  const documents = createDataApiClient({ ...at, timeoutMs: 60_000 });
  const shop = appWith({ stores: { documents } });
  return ({ token }: Shopper, itemId: ItemId, rating: number) =>
    shop(`/reviews/items/${itemId}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ rating }),
    });
}

describe('many at once', { timeout: 60_000 }, () => {
  it('two hundred customers make two hundred reviews with the right average', async () => {
    const itemId = await makeItem();
    const rateInTime = patientShop();
    const shoppers = await makeShoppers(200);
    const answers = await Promise.all(
      shoppers.map((shopper, n) => rateInTime(shopper, itemId, (n % 5) + 1)),
    );
    expect(answers.map(({ status }) => status)).toEqual(shoppers.map(() => 201));
    expect(await summary(shoppers[0] as Shopper, itemId)).toEqual({
      itemId,
      average: 3,
      count: 200,
      distribution: { 1: 40, 2: 40, 3: 40, 4: 40, 5: 40 },
    });
  });

  it('twenty tabs of one customer make one review', async () => {
    const rateInTime = patientShop();
    const [itemId, ada] = [await makeItem(), await makeShopper()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => rateInTime(ada, itemId, (n % 5) + 1)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect((await summary(ada, itemId)).count).toBe(1);
  });
});
