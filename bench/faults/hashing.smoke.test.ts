/**
 * Wrong sign-ins at production's cost while people buy, on the plain runtime: passwords that are
 * hashed beside it leave purchases their timing, and in its one thread they do not.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ItemId } from '../../worker/contract/ids.ts';
import { percentile } from '../rehearse/statistics.ts';
import { insertCatalogueItem, openSale } from '../speed/fixtures.ts';
import { type ApiAnswer, type Customer, callerAt, enrol } from './api-caller.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';

const PRODUCTION_COST = '16384:8:5';
const CUSTOMERS = 15;
/** Sign-ins under way at any moment: as many as one thread does in a second. */
const SIGN_INS = 4;
/** Of a quiet shop's median. A hash alone takes far longer than this many purchases. */
const SLOWER_MAX = 6;
/** More than all the waiting that there is room for. */
const CROWD = 100;

let shop: FaultyShop;
let customers: Customer[];
let itemId: ItemId;

beforeAll(async () => {
  shop = await openFaultyShop();
  itemId = await insertCatalogueItem(shop.db);
  const enrolling = Array.from({ length: CUSTOMERS }, () => enrol(shop.url));
  customers = await Promise.all(enrolling);
  await shop.killRuntime({ SCRYPT_COST: PRODUCTION_COST });
}, 120_000);

afterAll(() => shop?.close());

function signInWrongly(): Promise<ApiAnswer> {
  const json = { email: `${randomUUID()}@example.com`, password: 'wrong horse' };
  return callerAt(shop.url).ask('/auth/login', { json });
}

/** @returns the median of one purchase by each customer, one after the other, in milliseconds. */
async function purchaseMs(): Promise<number> {
  const eventItemId = await openSale(shop, { itemId, stock: CUSTOMERS });
  const tookMs: number[] = [];
  for (const customer of customers) {
    const key = randomUUID();
    const bought = await customer.ask(`/purchase/${eventItemId}`, { json: { quantity: 1 }, key });
    expect(bought.status).toBe(201);
    tookMs.push(bought.tookMs);
  }
  return percentile(
    tookMs.toSorted((a, b) => a - b),
    50,
  );
}

/** The same while wrong sign-ins pour in. */
async function floodedPurchaseMs(): Promise<number> {
  const buying = { isOver: false };
  let refused = 0;
  const flood = Array.from({ length: SIGN_INS }, async () => {
    while (!buying.isOver) {
      expect((await signInWrongly()).code).toBe('invalid_credentials');
      refused += 1;
    }
  });
  // The first of them are being hashed.
  const median = await purchaseMs();
  buying.isOver = true;
  await Promise.all(flood);
  expect(refused).toBeGreaterThanOrEqual(SIGN_INS);
  return median;
}

it('a pool with too much to do says busy at once, and when to come back', async () => {
  const answers = await Promise.all(Array.from({ length: CROWD }, signInWrongly));
  const busy = answers.filter(({ code }) => code === 'busy');
  expect(busy.length).toBeGreaterThan(0);
  for (const { status, retryAfter } of busy) expect([status, retryAfter]).toEqual([503, '5']);
  const others = answers.filter(({ code }) => code !== 'busy');
  expect(others.length).toBeGreaterThan(0);
  expect(new Set(others.map(({ code }) => code))).toEqual(new Set(['invalid_credentials']));
});

it('purchases keep their pace while wrong sign-ins pour in, and would not in one thread', async () => {
  const warm = await purchaseMs();
  expect(warm).toBeGreaterThan(0);
  const quietMs = await purchaseMs();
  const floodedMs = await floodedPurchaseMs();
  await shop.killRuntime({ HASHING_URL: undefined });
  await purchaseMs();
  const crowdedMs = await floodedPurchaseMs();
  if (process.env.DRILLS_TELL) console.error({ quietMs, floodedMs, crowdedMs });
  expect(floodedMs / quietMs).toBeLessThan(SLOWER_MAX);
  expect(crowdedMs / floodedMs).toBeGreaterThan(SLOWER_MAX);
});
