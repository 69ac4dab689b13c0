/** Viewers on the plain runtime: after a rush all of them see what the database has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventIdOf, type ItemId } from '../../worker/contract/ids.ts';
import { type LiveSnapshot, liveSnapshotSchema } from '../../worker/contract/live.ts';
import { findEvent } from '../../worker/stores/postgres/events.ts';
import { openConnection, requestText } from '../speed/connection.ts';
import { openSetting, type Setting } from '../speed/setting.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { insertCatalogueItem, insertShoppers, openSale } from '../speed/stage.ts';

const SHOPPERS = 1_000;
const STOCK = 400;
const CONNECTIONS = 32;
const VIEWERS = 50;
/** Four a second, what is read besides, and the first one. */
const MESSAGES_PER_SECOND_MAX = 6;

let setting: Setting;
let itemId: ItemId;

beforeAll(async () => {
  setting = await openSetting(() => {});
  await insertShoppers(setting.db, SHOPPERS);
  itemId = await insertCatalogueItem(setting.db);
}, 120_000);

afterAll(() => setting?.stop());

interface Viewer {
  seen: LiveSnapshot[];
  /** Resolves when a snapshot is as wanted. */
  until(isWanted: (snapshot: LiveSnapshot) => boolean): Promise<void>;
  socket: WebSocket;
}

function watch(eventId: string): Viewer {
  const socket = new WebSocket(`ws://127.0.0.1:${setting.port}/api/v1/events/${eventId}/live`);
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
    const eventItemId = await openSale(setting, { itemId, stock: STOCK });
    const eventId = eventIdOf(eventItemId);
    const viewers = Array.from({ length: VIEWERS }, () => watch(eventId));
    await Promise.all(viewers.map(({ until }) => until(({ status }) => status === 'live')));

    const shoppers = createShoppers(SHOPPERS, setting.jwtSecret);
    const startedAtMs = performance.now();
    let left = SHOPPERS;
    const lane = async () => {
      const connection = await openConnection(setting.port);
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

    const event = await findEvent(setting.db, eventId, Date.now());
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
