/** A purchase at the price that was shown, or none. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { OrderAnswer } from '../../contract/orders.ts';
import { reserveAsShown, stockOf } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper } from '../../testing/shop.ts';

const OLD = { shownPriceCents: 1_999, shownCurrency: 'EUR' };
const NEW = { shownPriceCents: 2_499, shownCurrency: 'EUR' };

function changePrice(eventItemId: string) {
  return deps.stores.db.execute(
    sql`UPDATE event_items SET price_cents = ${NEW.shownPriceCents} WHERE id = ${eventItemId}`,
  );
}

async function orderOf(response: Response): Promise<OrderAnswer['order']> {
  expect(response.status).toBe(201);
  return (await response.json<OrderAnswer>()).order;
}

describe('what a page showed', () => {
  it('is what is bought, or the present price is told and nothing is bought', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    await changePrice(eventItemId);
    const refused = await reserveAsShown(shopper, eventItemId, { key: 'a', ...OLD });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'changed',
      priceCents: 2_499,
      currency: 'EUR',
    });
    expect(await stockOf(eventId)).toMatchObject({ remaining: 10, held: 0 });
    const bought = await orderOf(await reserveAsShown(shopper, eventItemId, { key: 'b', ...NEW }));
    expect(bought).toMatchObject({ unitPriceCents: 2_499 });
  });

  it('may be told in part, or not at all', async () => {
    const { eventItemId } = await makeEvent({ limitPerCustomer: 9 });
    const shopper = await makeShopper();
    for (const [key, shown] of Object.entries({
      price: { shownPriceCents: 1_999 },
      currency: { shownCurrency: 'EUR' },
      nothing: {},
    })) {
      const bought = await orderOf(await reserveAsShown(shopper, eventItemId, { key, ...shown }));
      expect(bought, key).toMatchObject({ unitPriceCents: 1_999, currency: 'EUR' });
    }
  });

  it('is another price in another currency, though the number is the same', async () => {
    const { eventItemId } = await makeEvent({ currency: 'DKK' });
    const shopper = await makeShopper();
    const refused = await reserveAsShown(shopper, eventItemId, { key: 'a', ...OLD });
    expect(await refused.json()).toMatchObject({
      code: 'changed',
      priceCents: 1_999,
      currency: 'DKK',
    });
  });

  it('is part of the request: its repetition gets the same hold, another price does not', async () => {
    const { eventItemId } = await makeEvent({ limitPerCustomer: 9 });
    const shopper = await makeShopper();
    const first = await orderOf(await reserveAsShown(shopper, eventItemId, { key: 'k', ...OLD }));
    await changePrice(eventItemId);
    const again = await reserveAsShown(shopper, eventItemId, { key: 'k', ...OLD });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await orderOf(again)).toEqual(first);
    const other = await reserveAsShown(shopper, eventItemId, { key: 'k', ...NEW });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('may be asked for under the key that was refused for the old price', async () => {
    const { eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    await changePrice(eventItemId);
    const refused = await reserveAsShown(shopper, eventItemId, { key: 'k', ...OLD });
    expect(refused.status).toBe(409);
    const bought = await orderOf(await reserveAsShown(shopper, eventItemId, { key: 'k', ...NEW }));
    expect(bought.unitPriceCents).toBe(2_499);
  });

  it('without a key is compared with the hold that is theirs already', async () => {
    const { eventItemId } = await makeEvent();
    const { token } = await makeShopper();
    const ask = (body: object) => call('POST', `/purchase/${eventItemId}`, { token, body });
    const first = await orderOf(await ask(OLD));
    await changePrice(eventItemId);
    expect(await (await ask(NEW)).json()).toMatchObject({ code: 'changed', priceCents: 1_999 });
    expect(await orderOf(await ask(OLD))).toEqual(first);
  });

  it.each([
    { shownPriceCents: -1 },
    { shownPriceCents: 1.5 },
    { shownPriceCents: '1999' },
    { shownCurrency: 'euro' },
  ])('that is no price is malformed: %j', async (body) => {
    const { eventItemId } = await makeEvent();
    const { token } = await makeShopper();
    const refused = await call('POST', `/purchase/${eventItemId}`, { token, body });
    expect(await refused.json()).toMatchObject({ code: 'malformed' });
  });
});
