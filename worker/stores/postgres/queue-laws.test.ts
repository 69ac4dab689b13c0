/** Random histories of a sale with a queue: what is recounted of them finds no fault. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import {
  enter,
  leave,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  type Sale,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import type { StampedAttempt, StampedEnter, StampedReserve } from '../../sale/rules/attempts.ts';
import { closeEvent, openEvent, setStock } from './event-controls.ts';
import { recountEvent } from './events.ts';
import { endHoldsOfInactive } from './inactive-holds.ts';
import { disqualifyEntry } from './queue-administration.ts';
import { findBrokenLaws, findQueueDifferences } from './queue-reconciliation.ts';

const SEEDS = 8;
const STEPS = 60;
const STEP_MS = 2_000;
/** The clocks of admins may be behind that of the sale. */
const BEHIND_MS = 4_000;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
});
afterAll(() => database?.close());

/** Numbers from 0 to below `max`, the same for the same seed. */
function randomFrom(seed: number): (max: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (max) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return Math.abs(state ^ (state >>> 13)) % max;
  };
}

class History {
  readonly #sale: Sale;
  readonly #random: (max: number) => number;
  readonly #customers: UserId[];
  readonly #holds: StampedReserve[] = [];
  readonly #entries: StampedEnter[] = [];
  #units = 3;
  #nowMs = NOW_MS;

  constructor(sale: Sale, customers: UserId[], random: (max: number) => number) {
    this.#sale = sale;
    this.#customers = customers;
    this.#random = random;
  }

  /** A group of some attempts, and now and then something outside of the line. */
  async step(): Promise<void> {
    this.#nowMs += this.#random(STEP_MS);
    const attempts = Array.from({ length: this.#random(5) }, () => this.#attempt());
    await settle(this.#sale, attempts, this.#nowMs);
    await this.#outside();
  }

  #attempt(): StampedAttempt {
    const atMs = this.#nowMs;
    const customer = this.#pick(this.#customers);
    const [hold, entry] = [this.#pick(this.#holds), this.#pick(this.#entries)];
    const kind = this.#random(7);
    if (hold && kind === 0) return { ...hold, kind: 'confirm', key: null, atMs };
    if (hold && kind === 1) return { ...hold, kind: 'cancel', key: null, atMs };
    if (entry && kind === 2) return { ...leave(entry), atMs };
    if (customer === undefined) throw new Error('nobody is there');
    if (kind < 5) {
      const quantity = 1 + this.#random(3);
      const wish = { quantity, minQuantity: 1 + this.#random(quantity), atMs };
      const entering = enter(this.#sale, customer, wish);
      this.#entries.push(entering);
      return entering;
    }
    const reserving = reserve(this.#sale, customer, { quantity: 1 + this.#random(2), atMs });
    this.#holds.push(reserving);
    return reserving;
  }

  async #outside(): Promise<void> {
    const { db, eventId, items } = this.#sale;
    const act = { actor: 'a test', nowMs: this.#nowMs - this.#random(BEHIND_MS) };
    const [eventItemId] = items;
    const [entry, customer] = [this.#pick(this.#entries), this.#pick(this.#customers)];
    const what = this.#random(24);
    if (what === 0 && eventItemId) {
      this.#units += 1 + this.#random(3);
      await setStock(db, { eventId, eventItemId, total: this.#units }, act);
    } else if (what === 1 && entry) {
      await disqualifyEntry(db, entry.entryId, { ...act, reason: 'at random' });
    } else if (what === 2) {
      await closeEvent(db, eventId, act);
    } else if (what < 6) {
      await openEvent(db, eventId, act);
    } else if (what === 6 && customer) {
      const isDeleted = this.#random(2) === 0;
      await db.execute(sql`UPDATE users SET active = false,
        deleted_at = CASE WHEN ${isDeleted}::boolean THEN now() END WHERE id = ${customer}`);
      await endHoldsOfInactive(db, customer, act.nowMs);
    }
  }

  #pick<One>(from: One[]): One | undefined {
    return from[this.#random(Math.max(from.length, 1))];
  }
}

/** Settlements whose time is before that of one with a lower number. */
async function findOutOfTime({ db, eventId }: Sale): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT * FROM (
      SELECT number, at, max(at) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING) AS latest
        FROM (SELECT made_in AS number, reserved_at AS at, event_id FROM orders
              UNION ALL SELECT ended_in, ended_at, event_id FROM orders
              UNION ALL SELECT entered_in, entered_at, event_id FROM queue_entries
              UNION ALL SELECT ended_in, ended_at, event_id FROM queue_entries) numbered
       WHERE event_id = ${eventId} AND number IS NOT NULL) timed
     WHERE at < latest`);
  return rows;
}

it.each(Array.from({ length: SEEDS }, (_, n) => n + 1))(
  'history %i breaks no law',
  async (seed) => {
    const { db } = database;
    const sale = await makeSale(db, [{ stock: 3, limit: 4 }]);
    const history = new History(sale, await makeCustomers(db, 25), randomFrom(seed));
    for (let step = 0; step < STEPS; step++) await history.step();
    expect(await findBrokenLaws(db)).toEqual([]);
    expect(await findQueueDifferences(db)).toEqual([]);
    expect(await findOutOfTime(sale)).toEqual([]);
    const integrity = await recountEvent(db, sale.eventId);
    expect(integrity).toMatchObject({ ok: true, queue: { ok: true } });
    // It was one in which there was something to find.
    expect(integrity?.queue.items[0]?.offers).toBeGreaterThan(0);
  },
);
