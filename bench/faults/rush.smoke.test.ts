/**
 * The batcher on the plain runtime, where requests of many shoppers share one call: each must be
 * answered in its own request, for as long as it lasts and whoever goes away meanwhile.
 */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventItemId, eventIdOf, type ItemId } from '../../worker/contract/ids.ts';
import { recountEvent } from '../../worker/stores/postgres/events.ts';
import { type Connection, openConnection, requestText } from '../speed/connection.ts';
import { insertCatalogueItem, insertShoppers, openSale } from '../speed/fixtures.ts';
import type { HttpAnswer } from '../speed/http-answer.ts';
import type { Shoppers } from '../speed/rows.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { openTestBed, type TestBed } from '../speed/test-bed.ts';

const SHOPPERS = 50_000;
/** Enough for the compiler to have optimised whatever runs once for each of them. */
const PURCHASES = 40_000;
const CONNECTIONS = 256;
const LEAVING_ROUNDS = 30;
const LEAVING_CONNECTIONS = 60;
const CREATED = 201;

let testBed: TestBed;
let shoppers: Shoppers;
let itemId: ItemId;

beforeAll(async () => {
  testBed = await openTestBed(() => {});
  await insertShoppers(testBed.db, SHOPPERS);
  shoppers = createShoppers(SHOPPERS, testBed.jwtSecret);
  itemId = await insertCatalogueItem(testBed.db);
}, 120_000);

afterAll(() => testBed?.stop());

function buy(connection: Connection, eventItemId: EventItemId): Promise<HttpAnswer> {
  const number = shoppers.take(1);
  const token = shoppers.token(number);
  const request = { token, key: `rush-${number}-${eventItemId}`, json: '{"quantity":1}' };
  return connection.send(requestText(`/api/v1/purchase/${eventItemId}`, request));
}

function orderIdOf({ status, body }: HttpAnswer): string {
  expect(`${status} ${body}`).toContain(`${CREATED} {"order":{"id":"ord_`);
  return JSON.parse(body).order.id;
}

async function orderIds(eventItemId: EventItemId): Promise<Set<string>> {
  const { rows } = await testBed.db.execute<{ id: string }>(
    sql`SELECT id FROM orders WHERE event_item_id = ${eventItemId}`,
  );
  expect((await recountEvent(testBed.db, eventIdOf(eventItemId)))?.ok).toBe(true);
  return new Set(rows.map(({ id }) => id));
}

describe('a rush', () => {
  it('answers everybody with an order of their own, however long it lasts', async () => {
    const eventItemId = await openSale(testBed, { itemId, stock: PURCHASES });
    const told = new Set<string>();
    let left = PURCHASES;
    const lane = async () => {
      const connection = await openConnection(testBed.port);
      while (left-- > 0) told.add(orderIdOf(await buy(connection, eventItemId)));
      connection.close();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
    expect(told.size).toBe(PURCHASES);
    expect(await orderIds(eventItemId)).toEqual(told);
  });

  it('answers those who stay when others leave before their answer', async () => {
    const stock = LEAVING_ROUNDS * LEAVING_CONNECTIONS;
    const eventItemId = await openSale(testBed, { itemId, stock });
    const told = new Set<string>();
    for (let round = 0; round < LEAVING_ROUNDS; round++) {
      const all = await Promise.all(
        Array.from({ length: LEAVING_CONNECTIONS }, () => openConnection(testBed.port)),
      );
      const answers = all.map((connection) => buy(connection, eventItemId));
      // Every other one goes away at once or a moment later, whoever began a batch among them.
      const leaving = all.filter((_, n) => n % 2 === round % 2);
      const gone = answers.filter((_, n) => n % 2 === round % 2);
      await new Promise((done) => setTimeout(done, round % 3));
      for (const connection of leaving) connection.reset();
      await Promise.allSettled(gone);
      const staying = answers.filter((_, n) => n % 2 !== round % 2);
      for (const answer of await Promise.all(staying)) told.add(orderIdOf(answer));
      for (const connection of all) connection.close();
    }
    expect(told.size).toBe(stock / 2);
    const written = await orderIds(eventItemId);
    for (const id of told) expect(written).toContain(id);
  });
});
