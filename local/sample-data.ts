/**
 * Sample data for a shop that was never opened: a small catalogue, a live event, one that opens in
 * two minutes, one on another day, and an admin whose password everybody knows. Only `npm run dev` plants it, and only
 * in a database on this machine.
 */
import { sql } from 'drizzle-orm';
import { hashPassword } from '../worker/auth/passwords.ts';
import type { ScryptCost } from '../worker/auth/scrypt-cost.ts';
import {
  type FillRandom,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeUserId,
} from '../worker/contract/ids.ts';
import type { Db } from '../worker/stores/postgres.ts';
import { eventItems, events, itemCatalog, users } from '../worker/stores/schema.ts';

export const SAMPLE_ADMIN = { email: 'admin@swiftdrop.com', password: 'Admin@1234' };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const OPENS_IN_MS = 2 * MINUTE_MS;
const LATER_DAYS = 3;
const SALE_DAYS = 7;

const CATALOGUE = [
  {
    name: 'Aurora headphones',
    description: 'Over-ear and noise cancelling. Forty hours on one charge.',
    category: 'electronics',
    imageUrl: '/images/headphones.svg',
  },
  {
    name: 'Crema espresso machine',
    description: 'Fifteen bar, a proper steam wand, and warm in half a minute.',
    category: 'home appliances',
    imageUrl: '/images/espresso-machine.svg',
  },
  {
    name: 'Orbit robot vacuum',
    description: 'Maps a floor once and keeps off the carpet fringe.',
    category: 'home appliances',
    imageUrl: '/images/robot-vacuum.svg',
  },
  {
    name: 'Pico instant camera',
    description: 'Press, wait ninety seconds, hand the picture to whoever is in it.',
    category: 'electronics',
    imageUrl: '/images/instant-camera.svg',
  },
  {
    name: 'Sonata turntable',
    description: 'Walnut, belt driven, and balanced before it leaves the workshop.',
    category: 'electronics',
    imageUrl: '/images/turntable.svg',
  },
  {
    name: 'Lume table lamp',
    description: 'Brass and linen, with a light that dims as the evening goes on.',
    category: 'home',
    imageUrl: '/images/table-lamp.svg',
  },
];

export interface SampleOptions {
  nowMs: number;
  fillRandom: FillRandom;
  scryptCost: ScryptCost;
}

/** Plants everything in one transaction, or nothing if the shop has any account or event. */
export async function plantSampleData(db: Db, options: SampleOptions): Promise<boolean> {
  const { rows } = await db.execute<{ used: boolean }>(
    sql`SELECT EXISTS (SELECT FROM ${users}) OR EXISTS (SELECT FROM ${events}) AS used`,
  );
  if (rows[0]?.used !== false) return false;
  const { nowMs, fillRandom, scryptCost } = options;
  const items = CATALOGUE.map((item) => ({ ...item, id: makeItemId(nowMs, fillRandom) }));
  const sales = sampleSales(options, items);
  await db.batch([
    db.insert(itemCatalog).values(items),
    db.insert(events).values(sales.map(({ event }) => event)),
    db.insert(eventItems).values(sales.flatMap((sale) => sale.items)),
    db.insert(users).values({
      id: makeUserId(nowMs, fillRandom),
      email: SAMPLE_ADMIN.email,
      displayName: 'Sample admin',
      role: 'admin',
      passwordHash: await hashPassword(SAMPLE_ADMIN.password, scryptCost),
    }),
  ]);
  return true;
}

function sampleSales(options: SampleOptions, catalogue: { id: ItemId; name: string }[]) {
  const itemOf = (name: string): ItemId => {
    const item = catalogue.find((one) => one.name === name);
    if (!item) throw new Error(`the sample catalogue has no ${name}`);
    return item.id;
  };
  const live = sampleEvent(options, {
    title: 'The weekend drop',
    description: 'Three favourites at the best price of the year, until they are gone.',
    startsInMs: -MINUTE_MS,
    items: [
      {
        itemId: itemOf('Aurora headphones'),
        priceCents: 14_900,
        stock: 120,
        limitPerCustomer: 2,
      },
      {
        itemId: itemOf('Crema espresso machine'),
        priceCents: 32_900,
        stock: 40,
        limitPerCustomer: 1,
      },
      {
        itemId: itemOf('Pico instant camera'),
        priceCents: 8_900,
        stock: 60,
        limitPerCustomer: 2,
      },
    ],
  });
  const upcoming = sampleEvent(options, {
    title: 'Opening night',
    description: 'Fifty robots that would rather clean. Be there when the clock runs out.',
    startsInMs: OPENS_IN_MS,
    items: [
      {
        itemId: itemOf('Orbit robot vacuum'),
        priceCents: 24_900,
        stock: 50,
        limitPerCustomer: 1,
      },
    ],
  });
  const later = sampleEvent(options, {
    title: 'The listening room',
    description: 'A turntable, a lamp, and nowhere else to be.',
    startsInMs: LATER_DAYS * DAY_MS,
    items: [
      { itemId: itemOf('Sonata turntable'), priceCents: 39_900, stock: 25, limitPerCustomer: 1 },
      { itemId: itemOf('Lume table lamp'), priceCents: 11_900, stock: 80, limitPerCustomer: 2 },
    ],
  });
  return [live, upcoming, later];
}

interface SampleEvent {
  title: string;
  description: string;
  startsInMs: number;
  items: { itemId: ItemId; priceCents: number; stock: number; limitPerCustomer: number }[];
}

function sampleEvent({ nowMs, fillRandom }: SampleOptions, sample: SampleEvent) {
  const { startsInMs, items, ...fields } = sample;
  const id = makeEventId(fillRandom);
  const startsAt = new Date(nowMs + startsInMs);
  return {
    event: {
      ...fields,
      id,
      currency: 'EUR',
      startsAt,
      endsAt: new Date(startsAt.getTime() + SALE_DAYS * DAY_MS),
      holdSeconds: 300,
    },
    items: items.map(({ stock, ...item }, n) => ({
      ...item,
      id: makeEventItemId(id, n + 1),
      eventId: id,
      position: n + 1,
      stockTotal: stock,
      stockRemaining: stock,
    })),
  };
}
