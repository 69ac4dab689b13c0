/** The laws of the queue on the production bundle, while a draw and a waitlist are served and something breaks. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ItemId } from '../../worker/contract/ids.ts';
import { insertCatalogueItem, insertShoppers } from '../speed/fixtures.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { expectDrawKept, expectWaitlistKept, SHOPPERS_PER_DRILL } from './kept-queue.ts';

/** Longer than a settlement waits for its answer. */
const AWAY_MS = 10_000;
const CUT = { times: 20, cutMs: 30, passMs: 170 };

const FAULTS: [string, (shop: FaultyShop) => Promise<void>][] = [
  [
    'connections to the database are cut again and again',
    async ({ wire }) => {
      for (let times = 0; times < CUT.times; times++) {
        wire.setMode('cut');
        await delay(CUT.cutMs);
        wire.setMode('delay');
        await delay(CUT.passMs);
      }
      wire.setMode('pass');
    },
  ],
  [
    'the database does what it is asked, and no answer comes',
    async ({ wire }) => {
      wire.setMode('mute');
      await delay(AWAY_MS);
      wire.setMode('cut');
      wire.setMode('pass');
    },
  ],
  [
    'the database is out of reach',
    async ({ wire }) => {
      wire.setMode('black_hole');
      await delay(AWAY_MS);
      wire.setMode('cut');
      wire.setMode('pass');
    },
  ],
  [
    'the runtime is killed without warning',
    async (shop) => {
      await shop.killRuntime();
      shop.wire.setMode('pass');
    },
  ],
  [
    'Postgres stands still',
    async ({ postgresPids, wire }) => {
      const pids = await postgresPids();
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await delay(AWAY_MS);
      for (const pid of pids) process.kill(pid, 'SIGCONT');
      wire.setMode('pass');
    },
  ],
];

let shop: FaultyShop;
let itemId: ItemId;
let shoppers = 0;

beforeAll(async () => {
  shop = await openFaultyShop();
  itemId = await insertCatalogueItem(shop.db);
  await insertShoppers(shop.db, 2 * FAULTS.length * SHOPPERS_PER_DRILL);
}, 120_000);

afterAll(() => shop?.close());

function drill(breaking: (broken: FaultyShop) => Promise<void>) {
  const firstShopper = shoppers;
  shoppers += SHOPPERS_PER_DRILL;
  return { shop, itemId, firstShopper, breaking };
}

describe.each(FAULTS)('while %s', (_name, breaking) => {
  it('a draw is served to its end, in its order, and everybody once', () =>
    expectDrawKept(drill(breaking)));

  it('whoever waits is served as units come back, in order, and nobody before them', () =>
    expectWaitlistKept(drill(breaking)));
});
