/** The real ledger: the shop's own SQL, and the statements by which its Worker does what admins want. */
import type { EventItemId, ItemId, UserId, VariantId } from '../worker/contract/ids.ts';
import { drawEntries, giveUpDraw, keepStatement, readDraw } from '../worker/sale/ledger/draw.ts';
import { readSettlement, type WireSettlement } from '../worker/sale/ledger/wire.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { Act } from '../worker/stores/postgres/audit.ts';
import { insertItem, updateItem } from '../worker/stores/postgres/catalogue.ts';
import { activateCustomer, deactivateCustomer } from '../worker/stores/postgres/customers.ts';
import { endLogin, endLoginsStatements } from '../worker/stores/postgres/ended-logins.ts';
import {
  closeEvent,
  openEvent,
  setStock,
  unpublishEvent,
} from '../worker/stores/postgres/event-controls.ts';
import type { EventPlan, PlanLine } from '../worker/stores/postgres/event-plan-rows.ts';
import { insertEvent, replaceEvent } from '../worker/stores/postgres/event-plans.ts';
import type { WrittenVariant } from '../worker/stores/postgres/variants.ts';
import { mailboxesOf } from './conditions.ts';
import {
  type AdminChange,
  type Ledger,
  loginAfter,
  loginRowAfter,
  type PlannedItem,
  type Snapshot,
} from './ledger.ts';
import type { DrawnBy } from './model-draw.ts';
import { isPaymentChange, type PaymentChange } from './payment-rows.ts';
import type { SignedStatement } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';
import { addDevices, deleteAccount, disqualify, setPrice } from './sql-by-hand.ts';
import { changeCancelling } from './sql-cancelling.ts';
import type { SqlDatabase } from './sql-database.ts';
import { changePayment } from './sql-payments.ts';
import { SnapshotReader } from './sql-snapshot.ts';

const ACTOR = 'an admin';
const TEXTS = { name: 'Lamp', description: '', category: 'x', imageUrl: null };

export class SqlLedger implements Ledger {
  readonly #sql: SqlDatabase;
  readonly #scenario: Scenario;
  readonly #mailboxes: Map<UserId, string>;
  readonly #reader: SnapshotReader;

  private constructor(sql: SqlDatabase, scenario: Scenario) {
    this.#sql = sql;
    this.#scenario = scenario;
    this.#mailboxes = mailboxesOf(scenario.customers, scenario);
    this.#reader = new SnapshotReader(sql.pglite, scenario.eventId);
  }

  /** Empties the database and plants the scenario's sale. */
  static async create(sql: SqlDatabase, scenario: Scenario): Promise<SqlLedger> {
    const { eventId, items, customers, emails, unverified } = scenario;
    const { pglite, db } = sql;
    await pglite.exec(
      'TRUNCATE revenue_quarters, payment_refunds, payments, outbox, queue_stock_changes, queue_places, queue_entries, event_queues, draws, draw_proofs, draw_records, orders, event_refusals, event_items, events, item_catalog, logins, users CASCADE',
    );
    await pglite.query(
      `INSERT INTO users (id, email, display_name, password_hash, email_verified_at)
       SELECT id, email, 'C', 'none', CASE WHEN id <> ALL ($3) THEN now() END
         FROM unnest($1::text[], $2::text[]) AS a (id, email)`,
      [customers, emails, unverified],
    );
    await addDevices(pglite, customers);
    const ledger = new SqlLedger(sql, scenario);
    const planned = items.map(({ limit: limitPerCustomer, size, ...item }) => {
      return { ...item, limitPerCustomer, variantId: size?.id ?? null };
    });
    await ledger.#addToCatalogue(planned);
    await insertEvent(db, eventId, { plan: ledger.#plan(planned), actor: ACTOR });
    return ledger;
  }

  async settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    const { eventId } = this.#scenario;
    const { rows } = await this.#sql.pglite.query<{ settlement: WireSettlement | null }>(
      'SELECT settle_group($1, $2, $3) AS settlement',
      [eventId, nowMs, JSON.stringify(group)],
    );
    const settlement = rows[0]?.settlement ?? null;
    return settlement && readSettlement(settlement, { eventId, attempts: group, nowMs });
  }

  async change(change: AdminChange): Promise<string | undefined> {
    if (change.kind === 'edit_plan') return this.#edit(change);
    if (isPaymentChange(change)) await changePayment(this.#sql, change);
    else await this.#carryOut(change);
    return undefined;
  }

  async #carryOut(
    change: Exclude<AdminChange, PaymentChange | { kind: 'edit_plan' }>,
  ): Promise<void> {
    const { eventId } = this.#scenario;
    const { db, pglite } = this.#sql;
    const act: Act = { actor: ACTOR, nowMs: 'nowMs' in change ? change.nowMs : 0 };
    switch (change.kind) {
      case 'open':
        await openEvent(db, eventId, act);
        return;
      case 'close':
        await closeEvent(db, eventId, act);
        return;
      case 'unpublish':
        await unpublishEvent(db, eventId, act);
        return;
      case 'add_stock':
        return this.#addStock(change.eventItemId, change.units);
      case 'edit_price':
        return setPrice(pglite, change);
      case 'rename_variants':
        return this.#rename(change.itemId, change.labels);
      case 'verify_email':
      case 'unverify_email':
        // By hand: nothing that is simulated reads mails.
        await pglite.query(
          'UPDATE users SET email_verified_at = CASE WHEN $2 THEN now() END WHERE id = ANY ($1)',
          [change.customerIds, change.kind === 'verify_email'],
        );
        return;
      case 'end_logins':
        for (const id of change.customerIds) await db.batch(endLoginsStatements(db, id));
        return;
      case 'end_login':
        for (const id of change.customerIds) await this.#endLogin(id, change.nowMs);
        return;
      case 'deactivate':
        for (const id of change.customerIds) await deactivateCustomer(db, id, act);
        return;
      case 'activate':
        for (const id of change.customerIds) await activateCustomer(db, id, act);
        return;
      case 'delete_account':
        for (const id of change.customerIds) await deleteAccount(this.#sql, id, change.nowMs);
        return;
      case 'cancel':
      case 'cancel_batch':
        return changeCancelling(this.#sql, eventId, change);
      case 'give_up_draw':
        return void (await giveUpDraw(db, eventId, change));
      case 'disqualify':
        return disqualify(pglite, { eventId, ...change });
      default:
        change satisfies never;
    }
  }

  async #edit({ items, nowMs }: { items: PlannedItem[]; nowMs: number }): Promise<string> {
    await this.#addToCatalogue(items);
    const edit = { plan: this.#plan(items), actor: ACTOR, nowMs };
    return (await replaceEvent(this.#sql.db, this.#scenario.eventId, edit)).outcome;
  }

  readDraw = () => readDraw(this.#sql.db, this.#scenario.eventId);
  keepStatement = (one: SignedStatement) =>
    keepStatement(this.#sql.db, this.#scenario.eventId, one);
  drawEntries = (by: DrawnBy) => drawEntries(this.#sql.db, this.#scenario.eventId, by);

  snapshot(): Promise<Snapshot> {
    return this.#reader.read(this.#mailboxes);
  }

  async #addStock(eventItemId: EventItemId, units: number): Promise<void> {
    const { eventId } = this.#scenario;
    const item = (await this.snapshot()).items.find(({ id }) => id === eventItemId);
    if (item === undefined) return;
    const stock = { eventId, eventItemId, total: item.total + units };
    await setStock(this.#sql.db, stock, { actor: ACTOR, nowMs: 0 });
  }

  /** The login's row is written at this moment: nothing that is simulated signs in. */
  async #endLogin(userId: UserId, nowMs: number): Promise<void> {
    const ended = (await this.snapshot()).endedLogins.get(userId)?.length ?? 0;
    await this.#sql.pglite.query(
      `INSERT INTO logins (id, user_id, secret_hash, created_at, expires_at)
       VALUES ($1, $2, 'none', now(), now())`,
      [loginRowAfter(userId, ended), userId],
    );
    const loginId = loginAfter(userId, ended);
    await endLogin(this.#sql.db, { userId, loginId, nowMs });
  }

  /** What is not there yet. */
  async #addToCatalogue(items: PlannedItem[]): Promise<void> {
    const { rows } = await this.#sql.pglite.query<{ id: string }>('SELECT id FROM item_catalog');
    for (const id of new Set(items.map(({ itemId }) => itemId))) {
      if (rows.some((known) => known.id === id)) continue;
      await insertItem(this.#sql.db, { id, ...TEXTS, variants: this.#sizesOf(id) }, ACTOR);
    }
  }

  async #rename(id: ItemId, labels: { id: VariantId; label: string }[]): Promise<void> {
    const variants = labels.map((variant) => ({ ...variant, isNew: false }));
    const { outcome } = await updateItem(this.#sql.db, { id, ...TEXTS, variants }, ACTOR);
    if (outcome !== 'written') throw new Error(`the sizes of ${id} are not renamed: ${outcome}`);
  }

  /** As they are called when the run begins. */
  #sizesOf(id: ItemId): WrittenVariant[] {
    const items = this.#scenario.items.filter(({ itemId }) => itemId === id);
    return items.flatMap(({ size }) => (size ? [{ ...size, isNew: true }] : []));
  }

  #plan(items: PlannedItem[]): EventPlan {
    const { startsAtMs, endsAtMs, holdSeconds } = this.#scenario;
    const { requireVerifiedEmail, oneLimitPerMailbox, payOnline, queuePlan } = this.#scenario;
    const { admission, waitlist, offerSeconds, entriesCloseAtMs } = queuePlan;
    return {
      title: 'Sale',
      description: '',
      currency: 'EUR',
      startsAt: new Date(startsAtMs).toISOString(),
      endsAt: new Date(endsAtMs).toISOString(),
      timeZone: 'UTC',
      published: true,
      requireVerifiedEmail,
      oneLimitPerMailbox,
      reportPublic: false,
      payment: payOnline ? 'online' : 'none',
      needsAddress: false,
      shipping: [],
      admission,
      waitlist,
      offerSeconds,
      entriesCloseAt: entriesCloseAtMs === null ? null : new Date(entriesCloseAtMs).toISOString(),
      holdSeconds,
      items: linesOf(items),
    };
  }
}

/** One for each item, with those of its sizes that are planned. */
function linesOf(planned: PlannedItem[]): PlanLine[] {
  const lines = new Map<ItemId, PlanLine>();
  for (const { variantId, ...line } of planned) {
    if (variantId === null) lines.set(line.itemId, line);
    else {
      const { priceCents, stock } = line;
      const sizes = lines.get(line.itemId)?.variants ?? [];
      const variants = [...sizes, { variantId, priceCents, stock }];
      lines.set(line.itemId, { ...(lines.get(line.itemId) ?? line), variants });
    }
  }
  return [...lines.values()];
}
