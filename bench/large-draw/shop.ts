/**
 * The shop of a large draw: the measured bundle on the plain runtime with a Postgres that waits for its disk, a
 * relay of the beacon beside it, and entries that are written straight into the database. Measures nothing.
 */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { NamedBeacon } from '../../worker/contract/draw.ts';
import {
  type EventId,
  type EventItemId,
  eventIdOf,
  type ItemId,
} from '../../worker/contract/ids.ts';
import { nameRound } from '../../worker/draw/beacon-rounds.ts';
import { localBeaconKey } from '../../worker/draw/local-beacon.ts';
import { openBeaconRelay } from '../faults/beacon-relay.ts';
import type { Bench } from '../speed/bench.ts';
import { insertCatalogueItem, insertShoppers, openSale } from '../speed/fixtures.ts';
import { openClients } from '../speed/rows.ts';
import { createShoppers } from '../speed/shoppers.ts';
import { withClient } from '../speed/sql-client.ts';
import { openTestBed } from '../speed/test-bed.ts';
import { writeChainedEntries } from './chained-entries.ts';

const SECRET_BYTES = 32;
/** As with the public beacon, which is the one of production. */
const LEAD_MS = 40_000;
/** From when all entries are written until they are locked. */
const LOCK_IN_MS = 5_000;
/** Opens in a time in which the entries are written; it is set anew afterwards. */
const PLANNED_IN_MS = 60 * 60 * 1_000;
const ENTRIES_PER_UNIT = 10;
/** Several times what it takes on a machine with nothing else to do. */
const WRITING_MS_EACH = 0.5;
/** The phases of entering take their shoppers from these. */
const MORE_SHOPPERS = 60_000;

export interface LargeDrawShop extends Bench {
  url: string;
  /** Names the round at this time. */
  nameRound(atMs: number): NamedBeacon;
  close(): Promise<void>;
}

export async function openLargeDrawShop(
  entries: number,
  { stopped, logStep }: Pick<Bench, 'stopped' | 'logStep'>,
): Promise<LargeDrawShop> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const key = await localBeaconKey(secret);
  const relay = await openBeaconRelay(key);
  try {
    const variables = { JWT_SECRET: secret, DRAW_RELAYS: relay.origin };
    const testBed = await openTestBed(logStep, variables);
    const close = async () => {
      await testBed.stop();
      await relay.close();
    };
    try {
      logStep('enrolling shoppers');
      const count = entries + MORE_SHOPPERS;
      await insertShoppers(testBed.db, count);
      const itemId: ItemId = await insertCatalogueItem(testBed.db);
      const { port, postgresUrl } = testBed;
      return {
        testBed,
        target: { port, postgresUrl, shoppers: createShoppers(count, secret) },
        itemId,
        stopped,
        logStep,
        wrong: [],
        url: `http://127.0.0.1:${port}`,
        nameRound: (atMs) => nameRound('local', key, atMs),
        close,
      };
    } catch (error) {
      await testBed.stop();
      throw error;
    }
  } catch (error) {
    await relay.close();
    throw error;
  }
}

export interface LargeDraw {
  eventId: EventId;
  locksAtMs: number;
  startsAtMs: number;
  roundAtMs: number;
}

/** A draw that so many entered, of whom every fourth one left, and that is locked in some seconds. */
export async function enterLargeDraw(shop: LargeDrawShop, entries: number): Promise<LargeDraw> {
  const { testBed, target, itemId, logStep } = shop;
  const plannedMs = Date.now() + PLANNED_IN_MS;
  const eventItemId = await openSale(testBed, {
    itemId,
    stock: Math.ceil(entries / ENTRIES_PER_UNIT),
    draw: { startsAtMs: plannedMs, locksAtMs: plannedMs - LEAD_MS },
  });
  const eventId = eventIdOf(eventItemId);
  logStep(`writing ${entries} entries`);
  return withClient(target, async (client) => {
    const locksAtMs = await writeEntries(client, eventItemId, { entries, shop });
    const startsAtMs = locksAtMs + LEAD_MS;
    const { roundAtMs } = shop.nameRound(startsAtMs);
    await enterOne(shop, eventItemId);
    return { eventId, locksAtMs, startsAtMs, roundAtMs };
  });
}

/** Record 0 has the times of the draw, so they are set before it is written. @returns when entries are locked. */
async function writeEntries(
  client: pg.Client,
  eventItemId: EventItemId,
  { entries, shop }: { entries: number; shop: LargeDrawShop },
): Promise<number> {
  const locksAtMs = Date.now() + LOCK_IN_MS + entries * WRITING_MS_EACH;
  const startsAtMs = locksAtMs + LEAD_MS;
  await client.query(
    `UPDATE events SET starts_at = to_timestamp($2 / 1000.0), entries_close_at = to_timestamp($3 / 1000.0),
                       draw_beacon = $4::jsonb WHERE id = $1`,
    [eventIdOf(eventItemId), startsAtMs, locksAtMs, JSON.stringify(shop.nameRound(startsAtMs))],
  );
  const first = shop.target.shoppers.take(entries);
  await writeChainedEntries(client, eventItemId, { first, count: entries });
  if (Date.now() > locksAtMs) throw new Error('the entries were not written before their lock');
  return locksAtMs;
}

/** One more, over HTTP: by it the event's object learns of the draw, and sets its alarm for the lock. */
async function enterOne({ target, wrong }: LargeDrawShop, eventItemId: EventItemId): Promise<void> {
  const { clients, close } = await openClients(
    { name: 'enter', connections: 1 },
    eventItemId,
    target,
  );
  const outcome = await clients[0]?.();
  await close();
  if (!outcome?.expected) wrong.push(`entering was answered ${outcome?.code}`);
}
