/** Requests that wait for each other's reads, on the plain runtime: all are answered, and soon. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventIdOf, type ItemId, makeEventId } from '../../worker/contract/ids.ts';
import { insertCatalogueItem, insertShoppers, openSale } from '../speed/fixtures.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { openTestBed, type TestBed } from '../speed/test-bed.ts';

const TIMES = 200;
/** Far less than one of them waits for an answer that never comes. */
const ANSWER_MS_MAX = 4_000;

let testBed: TestBed;
let itemId: ItemId;

beforeAll(async () => {
  testBed = await openTestBed(() => {});
  await insertShoppers(testBed.db, TIMES);
  itemId = await insertCatalogueItem(testBed.db);
}, 120_000);

afterAll(() => testBed?.stop());

const invented = () => makeEventId((bytes) => crypto.getRandomValues(bytes));

/** The statuses of calls that are all sent at once. */
async function statusesOf(calls: [path: string, init?: RequestInit][]): Promise<Set<number>> {
  const statuses = await Promise.all(
    calls.map(async ([path, init]) => {
      const signal = AbortSignal.timeout(ANSWER_MS_MAX);
      const url = `http://127.0.0.1:${testBed.port}/api/v1${path}`;
      const answer = await fetch(url, { signal, ...init });
      await answer.text();
      return answer.status;
    }),
  );
  return new Set(statuses);
}

function times<T>(make: (n: number) => T): T[] {
  return Array.from({ length: TIMES }, (_, n) => make(n));
}

describe('two hundred at once', () => {
  it('of purchases of invented events are refused', async () => {
    const shoppers = createShoppers(TIMES, testBed.jwtSecret);
    const calls = times((n): [string, RequestInit] => [
      `/purchase/evi_${invented().slice(4)}_1`,
      { method: 'POST', headers: { Authorization: `Bearer ${shoppers.token(n)}` } },
    ]);
    expect([...(await statusesOf(calls))]).toEqual([404]);
  });

  it('of the first purchases of an event that is looked up are granted', async () => {
    const eventItemId = await openSale(testBed, { itemId, stock: TIMES });
    const shoppers = createShoppers(TIMES, testBed.jwtSecret);
    const calls = times((n): [string, RequestInit] => [
      `/purchase/${eventItemId}`,
      { method: 'POST', headers: { Authorization: `Bearer ${shoppers.token(n)}` } },
    ]);
    expect([...(await statusesOf(calls))]).toEqual([201]);
  });

  it('of looks at events, also at their recounts and those of none, are answered', async () => {
    const eventId = eventIdOf(await openSale(testBed, { itemId, stock: TIMES }));
    const real = times((): [string] => [`/events/${eventId}/integrity`]);
    expect([...(await statusesOf(real))]).toEqual([200]);
    expect([...(await statusesOf(times(() => ['/health'])))]).toEqual([200]);
    for (const path of ['', '/integrity', '/calendar.ics']) {
      const calls = times((): [string] => [`/events/${invented()}${path}`]);
      expect([...(await statusesOf(calls))]).toEqual([404]);
    }
    const searched = await statusesOf(times((n) => [`/events?q=word-${n}`]));
    for (const status of searched) expect([200, 503]).toContain(status);
    expect(searched).toContain(200);
  });
});
