/** Viewers on the plain runtime: after a rush all of them see what the database has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventIdOf, type ItemId } from '../../worker/contract/ids.ts';
import { type LiveSnapshot, liveSnapshotSchema } from '../../worker/contract/live.ts';
import { findEvent } from '../../worker/stores/postgres/events.ts';
import { openConnection, requestText } from '../speed/connection.ts';
import { insertCatalogueItem, insertShoppers, openSale } from '../speed/fixtures.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { openTestBed, type TestBed } from '../speed/test-bed.ts';

const SHOPPERS = 1_000;
const STOCK = 400;
const CONNECTIONS = 32;
const VIEWERS = 50;
/** Four a second, what is read besides, and the first one. */
const MESSAGES_PER_SECOND_MAX = 6;

let testBed: TestBed;
let itemId: ItemId;

beforeAll(async () => {
  testBed = await openTestBed(() => {});
  await insertShoppers(testBed.db, SHOPPERS);
  itemId = await insertCatalogueItem(testBed.db);
}, 120_000);

afterAll(() => testBed?.stop());

interface Viewer {
  seen: LiveSnapshot[];
  /** Resolves when a snapshot is as wanted. */
  until(isWanted: (snapshot: LiveSnapshot) => boolean): Promise<void>;
  socket: WebSocket;
}

function watch(eventId: string): Viewer {
  const socket = new WebSocket(`ws://127.0.0.1:${testBed.port}/api/v1/events/${eventId}/live`);
  const seen: LiveSnapshot[] = [];
  const waiting: { isWanted: (snapshot: LiveSnapshot) => boolean; done: () => void }[] = [];
  socket.addEventListener('message', ({ data }) => {
    const snapshot = liveSnapshotSchema.parse(JSON.parse(String(data)));
    seen.push(snapshot);
    for (const { isWanted, done } of waiting) if (isWanted(snapshot)) done();
  });
  const until = (isWanted: (snapshot: LiveSnapshot) => boolean) =>
    new Promise<void>((done) => {
      if (seen.some(isWanted)) done();
      else waiting.push({ isWanted, done });
    });
  return { seen, until, socket };
}

describe('fifty viewers', () => {
  it('see a rush a few times a second, and its end as the database has it', async () => {
    const eventItemId = await openSale(testBed, { itemId, stock: STOCK });
    const eventId = eventIdOf(eventItemId);
    const viewers = Array.from({ length: VIEWERS }, () => watch(eventId));
    await Promise.all(viewers.map(({ until }) => until(({ status }) => status === 'live')));

    const shoppers = createShoppers(SHOPPERS, testBed.jwtSecret);
    const startedAtMs = performance.now();
    let left = SHOPPERS;
    const lane = async () => {
      const connection = await openConnection(testBed.port);
      while (left-- > 0) {
        const number = shoppers.take(1);
        const request = { token: shoppers.token(number), key: `k-${number}`, json: '{}' };
        await connection.send(requestText(`/api/v1/purchase/${eventItemId}`, request));
      }
      connection.close();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
    await Promise.all(viewers.map(({ until }) => until(({ status }) => status === 'sold_out')));
    const seconds = (performance.now() - startedAtMs) / 1_000;

    const event = await findEvent(testBed.db, eventId, Date.now());
    expect(event?.items[0]?.stock).toEqual({ total: STOCK, remaining: 0, held: STOCK, sold: 0 });
    for (const { seen } of viewers) {
      expect(seen.at(-1)?.items).toMatchObject([event?.items[0]?.stock]);
      const seqs = seen.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
      expect(seen.length).toBeLessThanOrEqual(2 + MESSAGES_PER_SECOND_MAX * seconds);
    }
    for (const { socket } of viewers) socket.close();
  });
});
