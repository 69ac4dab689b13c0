/** The real ledger: the migrations' own SQL on an embedded Postgres that is forgotten afterwards. */
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { SQL } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { EventId, UserId } from '../worker/contract/ids.ts';
import { readSettlement, type WireSettlement } from '../worker/sale/ledger/wire.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { Db } from '../worker/stores/postgres/client.ts';
import { replaceEvent } from '../worker/stores/postgres/event-plans.ts';
import { type AdminChange, type Ledger, loginAfter, type Snapshot } from './ledger.ts';
import type { Scenario } from './scenario.ts';
import { SNAPSHOT, type SnapshotJson } from './sql-snapshot.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

/** Opens a database with all migrations applied, each statement as `edit` gives it back. */
export async function openSql(edit: (statements: string[]) => string[]): Promise<PGlite> {
  const db = await PGlite.create('memory://');
  for (const statement of edit(migrationStatements())) await db.exec(statement);
  return db;
}

/** Each function once, as its last migration has it, so that a mutation finds its text once. */
function migrationStatements(): string[] {
  const all = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).flatMap(({ sql }) => sql);
  const last = new Map(all.map((sql) => [functionOf(sql), sql]));
  return all.filter((sql) => {
    const name = functionOf(sql);
    return name === undefined || last.get(name) === sql;
  });
}

function functionOf(sql: string): string | undefined {
  return /^CREATE (?:OR REPLACE )?FUNCTION (\w+)/m.exec(sql)?.[1];
}

export class SqlLedger implements Ledger {
  readonly #db: PGlite;
  readonly #eventId: EventId;
  readonly #scenario: Scenario;
  readonly #planDb: Db;

  private constructor(db: PGlite, scenario: Scenario, edit: EditStatements) {
    this.#db = db;
    this.#eventId = scenario.eventId;
    this.#scenario = scenario;
    this.#planDb = batchesOn(db, edit);
  }

  /**
   * Empties the database and plants the scenario's sale.
   * @param edit changes the statements by which a plan is edited
   */
  static async create(
    db: PGlite,
    scenario: Scenario,
    edit: EditStatements = (statements) => statements,
  ): Promise<SqlLedger> {
    const { eventId, items, customers } = scenario;
    await db.exec(
      'TRUNCATE orders, event_refusals, event_items, events, item_catalog, logins, users',
    );
    await db.query(
      `INSERT INTO users (id, email, display_name, password_hash)
       SELECT id, id || '@example.com', 'C', 'none' FROM unnest($1::text[]) AS id`,
      [customers],
    );
    await db.query(
      `INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds, item_numbers_used)
       VALUES ($1, 'Sale', 'EUR', to_timestamp($2 / 1000.0), to_timestamp($3 / 1000.0), $4, $5)`,
      [eventId, scenario.startsAtMs, scenario.endsAtMs, scenario.holdSeconds, items.length],
    );
    for (const [n, item] of items.entries()) {
      await db.query(`INSERT INTO item_catalog (id, name, category) VALUES ($1, 'Lamp', 'x')`, [
        item.itemId,
      ]);
      await db.query(
        `INSERT INTO event_items (id, event_id, item_id, position, price_cents, stock_total,
           stock_remaining, limit_per_customer) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
        [item.id, eventId, item.itemId, n + 1, item.priceCents, item.stock, item.limit],
      );
    }
    return new SqlLedger(db, scenario, edit);
  }

  async settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    const { rows } = await this.#db.query<{ settlement: WireSettlement | null }>(
      'SELECT settle_group($1, $2, $3) AS settlement',
      [this.#eventId, nowMs, JSON.stringify(group)],
    );
    const settlement = rows[0]?.settlement ?? null;
    return (
      settlement && readSettlement(settlement, { eventId: this.#eventId, attempts: group, nowMs })
    );
  }

  /** The statements of worker/stores/administration.ts, by hand where it has none yet. */
  async change(change: AdminChange): Promise<void> {
    switch (change.kind) {
      case 'open':
        await this.#db.query(
          `UPDATE events SET closed_at = NULL, opened_at = least(coalesce(opened_at, starts_at),
             to_timestamp($2 / 1000.0)) WHERE id = $1 AND ends_at > to_timestamp($2 / 1000.0)`,
          [this.#eventId, change.nowMs],
        );
        return;
      case 'close':
        await this.#db.query(
          `UPDATE events SET closed_at = coalesce(closed_at, least(ends_at,
             to_timestamp($2 / 1000.0))) WHERE id = $1`,
          [this.#eventId, change.nowMs],
        );
        return;
      case 'add_stock':
        await this.#db.query(
          `UPDATE event_items SET stock_total = stock_total + $2,
             stock_remaining = stock_remaining + $2 WHERE id = $1`,
          [change.eventItemId, change.units],
        );
        return;
      case 'edit_price':
        await this.#db.query('UPDATE event_items SET price_cents = $2 WHERE id = $1', [
          change.eventItemId,
          change.priceCents,
        ]);
        return;
      case 'edit_plan':
        return this.#editPlan(change);
      case 'end_logins':
        await this.#db.query(
          'UPDATE users SET session_epoch = session_epoch + 1 WHERE id = ANY ($1)',
          [change.customerIds],
        );
        return;
      case 'end_login':
        for (const id of change.customerIds) await this.#endLogin(id);
        return;
      case 'deactivate':
        await this.#db.query('UPDATE users SET active = false WHERE id = ANY ($1)', [
          change.customerIds,
        ]);
        await this.#db.query('SELECT end_holds_of_inactive(id, $2) FROM unnest($1::text[]) AS id', [
          change.customerIds,
          change.nowMs,
        ]);
        return;
      default:
        change satisfies never;
    }
  }

  async #endLogin(customerId: UserId): Promise<void> {
    const ended = (await this.snapshot()).endedLogins.get(customerId) ?? [];
    await this.#db.query(
      'UPDATE users SET ended_logins = ended_logins || jsonb_build_object($2::text, 0) WHERE id = $1',
      [customerId, loginAfter(customerId, ended.length)],
    );
  }

  async #editPlan({ nowMs, items }: Extract<AdminChange, { kind: 'edit_plan' }>): Promise<void> {
    for (const { itemId } of items) {
      await this.#db.query(
        "INSERT INTO item_catalog (id, name, category) VALUES ($1, 'Lamp', 'x') ON CONFLICT DO NOTHING",
        [itemId],
      );
    }
    const { startsAtMs, endsAtMs, holdSeconds } = this.#scenario;
    const plan = {
      title: 'Sale',
      description: '',
      currency: 'EUR',
      startsAt: new Date(startsAtMs).toISOString(),
      endsAt: new Date(endsAtMs).toISOString(),
      timeZone: 'UTC',
      published: true,
      holdSeconds,
      items,
    };
    await replaceEvent(this.#planDb, this.#eventId, { plan, actor: 'an admin', nowMs });
  }

  async snapshot(): Promise<Snapshot> {
    const { rows } = await this.#db.query<{ state: SnapshotJson }>(SNAPSHOT, [this.#eventId]);
    const state = rows[0]?.state;
    if (state === undefined) throw new Error('the sale is gone');
    return {
      ...state,
      orders: new Map(state.orders.map((order) => [order.id, order])),
      inactive: new Set(state.inactive),
      sessionEpochs: new Map(Object.entries(state.sessionEpochs)),
      endedLogins: new Map(Object.entries(state.endedLogins)),
    };
  }
}

type EditStatements = (statements: string[]) => string[];

/** As much of a Db as an edit of a plan needs: one batch of statements, in one transaction. */
function batchesOn(db: PGlite, edit: EditStatements): Db {
  const dialect = new PgDialect();
  const part: Pick<Db, 'execute' | 'batch'> = {
    execute: ((query: SQL) => query) as unknown as Db['execute'],
    batch: (async (queries: SQL[]) => {
      const written = queries.map((query) => dialect.sqlToQuery(query));
      const texts = edit(written.map(({ sql }) => sql));
      return db.transaction(async (transaction) => {
        const results = [];
        for (const [n, text] of texts.entries()) {
          results.push(await transaction.query(text, written[n]?.params ?? []));
        }
        return results;
      });
    }) as unknown as Db['batch'],
  };
  return part as Db;
}
