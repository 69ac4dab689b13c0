import { describe, expect, it } from 'vitest';
import { readMigrations } from '../migrations.ts';
import { unsafeStatementsIn } from './unsafe-statements.ts';

/** Landed before anything was deployed; whatever comes after is held to the rule. */
const LANDED_BEFORE = '0007';

describe('a migration is refused beside the old version', () => {
  it.each([
    ['DROP TABLE "orders"', 'takes something away'],
    ['drop function settle_group(text, bigint, jsonb)', 'takes something away'],
    ['ALTER TABLE "orders" DROP COLUMN "note"', 'takes'],
    ['ALTER TABLE orders DROP note', 'takes a column away'],
    ['ALTER TABLE "orders" RENAME COLUMN "a" TO "b"', 'renames'],
    ['ALTER INDEX "a" RENAME TO "b"', 'renames'],
    ['ALTER TABLE "orders" ALTER COLUMN "note" SET NOT NULL', 'refuses rows'],
    ['ALTER TABLE "orders" ALTER COLUMN "note" SET DATA TYPE integer', 'changes the type'],
    ['ALTER TABLE "orders" ALTER "note" TYPE integer', 'changes the type'],
    ['ALTER TABLE "orders" ADD COLUMN "note" text NOT NULL', 'adds a column'],
    ['ALTER TABLE "a" ADD COLUMN "b" text NOT NULL, ADD COLUMN "c" int DEFAULT 1', 'adds a column'],
    ['ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK (quantity > 0)', 'adds a constraint'],
    ['TRUNCATE refusals', 'takes all rows away'],
    ['-- old ones\nDELETE FROM logins', 'takes rows away'],
  ])('%s', (statement, what) => {
    expect(unsafeStatementsIn([statement])).toEqual([expect.stringContaining(what)]);
  });
});

describe('a migration is safe beside the old version', () => {
  it.each([
    ['CREATE TABLE "gifts" ("id" text PRIMARY KEY NOT NULL)'],
    ['CREATE INDEX "orders_gift" ON "orders" ("gift")'],
    ['ALTER TABLE "orders" ADD COLUMN "gift" text'],
    ['ALTER TABLE "orders" ADD COLUMN "gift" text DEFAULT \'none\' NOT NULL'],
    ['ALTER TABLE "orders" ADD COLUMN "gift" text NOT NULL DEFAULT \'none\''],
    ['ALTER TABLE "orders" ALTER COLUMN "gift" DROP NOT NULL'],
    ['ALTER TABLE "orders" DROP CONSTRAINT "orders_gift"'],
    ['ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK (quantity > 0) NOT VALID'],
    [
      'CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM a; DROP TABLE b; END $$',
    ],
    ['CREATE TRIGGER t BEFORE UPDATE OR DELETE OR TRUNCATE ON a EXECUTE FUNCTION f()'],
    ["-- never to DROP TABLE orders\nINSERT INTO notes VALUES ('DROP TABLE orders')"],
    [
      '-- Safe beside the old version: nothing has read it since 0007.\nALTER TABLE a DROP COLUMN b',
    ],
  ])('%s', (statement) => {
    expect(unsafeStatementsIn([statement])).toEqual([]);
  });

  it('also where it is strict about a table that it makes itself', () => {
    const make = 'CREATE TABLE "gifts" ("id" text)';
    expect(
      unsafeStatementsIn([make, 'ALTER TABLE "gifts" ADD CONSTRAINT "c" CHECK (id > 0)']),
    ).toEqual([]);
  });
});

it('every migration of ours is safe beside the old version, since one was deployed', () => {
  const newer = readMigrations().filter(({ tag }) => tag >= LANDED_BEFORE);
  const unsafe = newer.flatMap(({ tag, statements }) =>
    unsafeStatementsIn(statements).map((what) => `${tag} ${what}`),
  );
  expect(unsafe).toEqual([]);
});
