/**
 * Migrations in the midst of a sale, on the production bundle and a real Postgres, applied as a
 * deployment applies them: the version that runs goes on selling, and no purchase fails.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unsafeStatementsIn } from '../../local/deploy/unsafe-statements.ts';
import { openStraight } from '../../local/migrate.ts';
import {
  applyMigration,
  type Migration,
  readMigrations,
  readPending,
} from '../../local/migrations.ts';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { rehearseWhile } from './rehearsed-sale.ts';

const SHOPPERS = 200;
const STOCK = 40;
/** So that they fall upon holds, confirmations and holds that end alike. */
const BETWEEN_MS = 400;

let shop: FaultyShop;

beforeAll(async () => {
  shop = await openFaultyShop();
}, 120_000);

afterAll(() => shop?.close());

/** The function that every purchase calls, as the last migration that has it tells it. */
function settleGroup(): string {
  const all = readMigrations().flatMap(({ statements }) => statements);
  const found = all.findLast((text) => /CREATE OR REPLACE FUNCTION settle_group\b/.test(text));
  if (found === undefined) throw new Error('no migration has the function');
  return found;
}

/** What a next version brings: columns, a table, indexes, a rule for new rows, and the function. */
function nextMigrations(): Migration[] {
  const changes = [
    [
      'ALTER TABLE events ADD COLUMN motto text',
      "ALTER TABLE events ADD COLUMN kind text NOT NULL DEFAULT 'drop'",
    ],
    ['ALTER TABLE orders ADD COLUMN gift_note text', settleGroup()],
    ['CREATE TABLE gifts (id text PRIMARY KEY, order_id text NOT NULL REFERENCES orders (id))'],
    ['ALTER TABLE event_items ADD COLUMN weight_grams integer NOT NULL DEFAULT 0'],
    ['CREATE INDEX orders_gift ON orders (gift_note) WHERE gift_note IS NOT NULL'],
    [
      'ALTER TABLE orders ADD CONSTRAINT orders_gift_short CHECK (length(gift_note) < 200) NOT VALID',
    ],
    [settleGroup(), 'ALTER TABLE users ADD COLUMN birthday date'],
  ];
  return changes.map((statements, n) => ({
    tag: `9${n}_next`,
    madeAtMs: Date.UTC(2100, 0, 1) + n,
    hash: String(n),
    statements,
  }));
}

it('a sale goes on while seven migrations are applied beneath it, and no purchase fails', async () => {
  const next = nextMigrations();
  expect(next.flatMap(({ statements }) => unsafeStatementsIn(statements))).toEqual([]);
  const { run, close } = openStraight(shop.databaseUrl);
  const verdict = await rehearseWhile({ ...shop, shoppers: SHOPPERS, stock: STOCK }, async () => {
    const { pending } = await readPending(run, [...readMigrations(), ...next]);
    expect(pending).toEqual(next);
    for (const migration of pending) {
      await applyMigration(run, migration);
      await delay(BETWEEN_MS);
    }
  });
  const { pending } = await readPending(run, next);
  await close();
  expect(pending).toEqual([]);
  expect(verdict).toMatchObject({ ok: true, oversold: 0, lost: 0, retries: {}, gaveUp: {} });
  expect(verdict.sold).toBe(verdict.couldBeSold);
  expect(await findDifferences(shop.db)).toEqual([]);
});
