/**
 * The sample sales: one that is live, one that opens in two minutes, one on another day. At each start
 * of the shop they are as they should be again: what was only looked at is moved, what was bought
 * from or changed by somebody stays as it is and gets a successor. Knows no catalogue but by name.
 */
import { desc, inArray, sql } from 'drizzle-orm';
import type { Variant } from '../worker/contract/catalogue.ts';
import {
  type EventId,
  type FillRandom,
  type ItemId,
  makeEventId,
  makeEventItemId,
} from '../worker/contract/ids.ts';
import type { PaymentKind } from '../worker/contract/payments.ts';
import { type Db, instant } from '../worker/stores/postgres/client.ts';
import { type EventRow, statusOf } from '../worker/stores/postgres/event-status.ts';
import { eventItems, events } from '../worker/stores/postgres/schema.ts';
import { variantsJson } from '../worker/stores/postgres/variants.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const OPENS_IN_MS = 2 * MINUTE_MS;
const LATER_DAYS = 3;
const SALE_DAYS = 7;

/** Units, or of an item in sizes the units of each, by its label. */
type Stock = number | Readonly<Record<string, number>>;

/** An item of the catalogue, as a sale needs it. */
export interface KnownItem {
  id: ItemId;
  variants: readonly Variant[];
}

interface SampleSale {
  title: string;
  description: string;
  german: { title: string; description: string };
  /** Made by draw-sample-pictures.ts. */
  coverUrl: string;
  startsInMs: number;
  payment: PaymentKind;
  /** Whether one that is there is still what this sale is to be. */
  isAsWanted(event: EventRow, at: { unitsFree: number; nowMs: number }): boolean;
  items: { name: string; priceCents: number; stock: Stock; limitPerCustomer: number }[];
}

export const SAMPLE_SALES: readonly SampleSale[] = [
  {
    title: 'The weekend drop',
    description: 'Four favourites at the best price of the year, until they are gone.',
    german: {
      title: 'Der Wochenend-Drop',
      description: 'Vier Lieblinge zum besten Preis des Jahres, bis sie weg sind.',
    },
    coverUrl: '/images/cover-weekend.webp',
    startsInMs: -MINUTE_MS,
    payment: 'none',
    isAsWanted: (event, { unitsFree, nowMs }) => statusOf(event, unitsFree, nowMs) === 'live',
    items: [
      { name: 'Aurora headphones', priceCents: 14_900, stock: 120, limitPerCustomer: 2 },
      { name: 'Crema espresso machine', priceCents: 32_900, stock: 40, limitPerCustomer: 1 },
      { name: 'Pico instant camera', priceCents: 8_900, stock: 60, limitPerCustomer: 2 },
      {
        name: 'Stride running shoe',
        priceCents: 9_900,
        stock: { 'EU 40': 6, 'EU 41': 18, 'EU 42': 24, 'EU 43': 2, 'EU 44': 0 },
        limitPerCustomer: 1,
      },
    ],
  },
  {
    title: 'Opening night',
    description: 'Fifty robots that would rather clean. Be there when the clock runs out.',
    german: {
      title: 'Premiere',
      description: 'Fünfzig Roboter, die lieber putzen. Sei da, wenn die Uhr abläuft.',
    },
    coverUrl: '/images/cover-opening.webp',
    startsInMs: OPENS_IN_MS,
    // With pretended money: see payment-provider.ts.
    payment: 'online',
    isAsWanted: (event, { unitsFree, nowMs }) =>
      statusOf(event, unitsFree, nowMs) === 'locked' &&
      event.startsAt.getTime() <= nowMs + OPENS_IN_MS,
    items: [{ name: 'Orbit robot vacuum', priceCents: 24_900, stock: 50, limitPerCustomer: 1 }],
  },
  {
    title: 'The listening room',
    description: 'A turntable, a lamp, and nowhere else to be.',
    german: {
      title: 'Das Hörzimmer',
      description: 'Ein Plattenspieler, eine Lampe und nichts anderes vor.',
    },
    coverUrl: '/images/cover-listening.webp',
    startsInMs: LATER_DAYS * DAY_MS,
    payment: 'none',
    isAsWanted: (event, { unitsFree, nowMs }) => statusOf(event, unitsFree, nowMs) === 'locked',
    items: [
      { name: 'Sonata turntable', priceCents: 39_900, stock: 25, limitPerCustomer: 1 },
      { name: 'Lume table lamp', priceCents: 11_900, stock: 80, limitPerCustomer: 2 },
    ],
  },
];

const DESCRIPTIONS = new Map(SAMPLE_SALES.map(({ title, description }) => [title, description]));

interface Now {
  nowMs: number;
  fillRandom: FillRandom;
}

/** A sale as rows, with ids of its own. Without what the catalogue no longer has. */
export function newSampleSale(sale: SampleSale, catalogue: Map<string, KnownItem>, now: Now) {
  const { title, description, german, coverUrl, payment } = sale;
  const id = makeEventId(now.fillRandom);
  const known = sale.items.flatMap(({ name, stock, ...item }) => {
    const found = catalogue.get(name);
    return found === undefined ? [] : unitsOf(found, stock).map((units) => ({ ...item, ...units }));
  });
  return {
    event: {
      id,
      title,
      description,
      translations: { de: german },
      coverUrl,
      payment,
      currency: 'EUR',
      holdSeconds: 300,
      ...windowOf(sale, now),
    },
    items: known.map(({ stock, ...item }, n) => ({
      ...item,
      id: makeEventItemId(id, n + 1),
      eventId: id,
      position: n + 1,
      stockTotal: stock,
      stockRemaining: stock,
    })),
  };
}

/** One row for the item, or one for each of its sizes that the sale has. */
function unitsOf({ id: itemId, variants }: KnownItem, stock: Stock) {
  if (typeof stock === 'number') {
    return variants.length === 0 ? [{ itemId, variantId: null, stock }] : [];
  }
  return variants.flatMap(({ id: variantId, label }) => {
    const units = stock[label];
    return units === undefined ? [] : [{ itemId, variantId, stock: units }];
  });
}

/** Does nothing in a shop that has no sample sales. @returns whether one is live and one opens soon. */
export async function renewSampleSales(db: Db, now: Now): Promise<boolean> {
  const found = await readSampleSales(db);
  if (found.length === 0) return false;
  const catalogue = await readCatalogue(db);
  for (const sale of SAMPLE_SALES) {
    const those = found.filter(({ event }) => event.title === sale.title);
    const isThere = those.some(
      ({ event, unitsFree }) =>
        event.payment === sale.payment && sale.isAsWanted(event, { unitsFree, ...now }),
    );
    if (isThere) continue;
    const unused = those.find(({ untouched }) => untouched);
    if (unused === undefined) await addSale(db, newSampleSale(sale, catalogue, now));
    else await moveSale(db, unused.event.id, { ...sale, ...windowOf(sale, now) });
  }
  return true;
}

function windowOf({ startsInMs }: SampleSale, { nowMs }: Now): { startsAt: Date; endsAt: Date } {
  const startsAtMs = nowMs + startsInMs;
  return { startsAt: new Date(startsAtMs), endsAt: new Date(startsAtMs + SALE_DAYS * DAY_MS) };
}

async function addSale(db: Db, { event, items }: ReturnType<typeof newSampleSale>) {
  // A sale without items is nothing to show.
  if (items.length === 0) return;
  await db.batch([db.insert(events).values(event), db.insert(eventItems).values(items)]);
}

/** Only if nobody has bought meanwhile: what an order says about its sale stays true. */
async function moveSale(
  db: Db,
  id: EventId,
  { startsAt, endsAt, payment }: ReturnType<typeof windowOf> & Pick<SampleSale, 'payment'>,
) {
  await db.execute(sql`
    UPDATE events SET starts_at = ${instant(startsAt.getTime())}, ends_at = ${instant(endsAt.getTime())},
           payment = ${payment}
     WHERE id = ${id} AND NOT EXISTS (SELECT FROM orders WHERE event_id = ${id})`);
}

/**
 * Those that were added, newest first: what an admin makes has an entry in the audit log, whatever
 * its title. Untouched is what has no entry since and no order.
 */
async function readSampleSales(db: Db) {
  const { rows: uses } = await db.execute<{
    id: EventId;
    unitsFree: number;
    untouched: boolean;
  }>(sql`
    SELECT e.id,
           (SELECT coalesce(sum(i.stock_remaining), 0)::int FROM event_items i
             WHERE i.event_id = e.id) AS "unitsFree",
           NOT EXISTS (SELECT FROM orders o WHERE o.event_id = e.id)
             AND NOT EXISTS (SELECT FROM audit_log a WHERE a.subject = e.id OR a.subject IN (
               SELECT i.id FROM event_items i WHERE i.event_id = e.id)) AS untouched
      FROM events e
     WHERE NOT EXISTS (
       SELECT FROM audit_log a WHERE a.subject = e.id AND a.action = 'event.create')`);
  const useOf = new Map(uses.map((use) => [use.id, use]));
  const added = await db
    .select()
    .from(events)
    .where(inArray(events.title, [...DESCRIPTIONS.keys()]))
    .orderBy(desc(events.startsAt), desc(events.id));
  return added.flatMap((event) => {
    const use = useOf.get(event.id);
    const isSample = DESCRIPTIONS.get(event.title) === event.description;
    return use === undefined || !isSample ? [] : [{ event, ...use }];
  });
}

/** The sample items by name; one of the same name that an admin made is not taken for it. */
async function readCatalogue(db: Db): Promise<Map<string, KnownItem>> {
  const { rows } = await db.execute<{ id: ItemId; name: string; variants: Variant[] | null }>(sql`
    SELECT id, name, ${variantsJson(sql`c.id`)} AS variants FROM item_catalog c WHERE NOT EXISTS (
      SELECT FROM audit_log a WHERE a.subject = c.id AND a.action = 'item.create')`);
  return new Map(rows.map(({ name, id, variants }) => [name, { id, variants: variants ?? [] }]));
}
