/**
 * How the simulation reads the state of the real tables, as `checks` see it. Rows that no transaction has
 * written since the last look are not read again: a sale is looked at after every step.
 */
import type { PGlite } from '@electric-sql/pglite';
import type { EventId, LoginId, OrderId, QueueEntryId, UserId } from '../worker/contract/ids.ts';
import type { ItemRow, OrderRow, RevenueSums, Snapshot } from './ledger.ts';
import type { OutboxRow } from './outbox-rows.ts';
import type { PaymentRow, RefundRow } from './payment-rows.ts';
import type { ChainRow, DrawRow, EntryRow, ProofRow, QueuePlan, QueueRow } from './queue-rows.ts';

interface AccountRow {
  id: UserId;
  active: boolean;
  isVerified: boolean;
  sessionEpoch: number;
  endedLogins: LoginId[] | null;
}

/** Of orders, entries, mails and accounts those that were written since, and how many there are of each. */
interface ChangesJson {
  /** The first transaction whose rows cannot have been seen yet. */
  nextTransaction: string;
  sale: Pick<Snapshot, 'opensAtMs' | 'closesAtMs' | 'published'> &
    Pick<Snapshot, 'requireVerifiedEmail' | 'oneLimitPerMailbox'> & { items: ItemRow[] };
  queue: { plan: QueuePlan; row: QueueRow | null; draw: DrawRow | null; proof: ProofRow | null };
  chain: ChainRow[];
  orders: OrderRow[];
  entries: EntryRow[];
  outbox: (OutboxRow & { id: number })[];
  accounts: AccountRow[];
  payments: PaymentRow[];
  refunds: RefundRow[];
  revenue: RevenueSums;
  untoldOffer: OrderId | null;
  /** An entry that waits with a rank and has another place in the queue or none, or a place without it. */
  misplaced: QueueEntryId | null;
  counts: { orders: number; entries: number; outbox: number; chain: number };
}

/** @returns SQL of a time as milliseconds since the epoch. */
const ms = (time: string) => `round(date_part('epoch', ${time}) * 1000)`;
/** Mails about money follow from what is written of payments: none are simulated. Notifications: see `untoldOffer`. */
const IS_OF_LEDGER = `kind <> 'event.cancel' AND kind NOT LIKE 'push.%' AND NOT (kind LIKE 'mail.%' AND payload ? 'paymentId')`;
const IS_NEW = 'xmin::text::bigint >= $2';

/** Written apart from settle_group and its functions, so that a mistake in them cannot hide itself. */
const CHANGES = `
  SELECT json_build_object(
    'nextTransaction', pg_snapshot_xmax(pg_current_snapshot()),
    'sale', json_build_object(
      'opensAtMs', ${ms('coalesce(opened_at, starts_at)')},
      'closesAtMs', CASE WHEN closed_at IS NULL THEN ${ms('ends_at')} ELSE 0 END,
      'published', published,
      'requireVerifiedEmail', require_verified_email,
      'oneLimitPerMailbox', one_limit_per_mailbox,
      'items', (SELECT json_agg(json_build_object('id', id, 'itemId', item_id, 'variantId', variant_id,
          'variantLabel', (SELECT v.label FROM item_variants v WHERE v.id = variant_id),
          'total', stock_total,
          'remaining', stock_remaining, 'held', stock_held, 'sold', stock_sold,
          'limit', limit_per_customer, 'priceCents', price_minor,
          'queue', json_build_object('waiting', queue_waiting, 'waitingUnits', queue_waiting_units,
            'servedRank', queue_served_rank, 'offers', queue_offers)) ORDER BY position)
        FROM event_items WHERE event_id = e.id)),
    'queue', json_build_object(
      'plan', json_build_object('admission', admission, 'waitlist', waitlist,
        'offerSeconds', offer_seconds, 'entriesCloseAtMs', ${ms('entries_close_at')}),
      'row', (SELECT json_build_object('settlement', settlement, 'lastSeq', last_seq,
          'settledAtMs', ${ms('settled_at')})
        FROM event_queues WHERE event_id = e.id),
      'draw', (SELECT json_build_object('lockedIn', locked_in, 'entryCount', entry_count, 'seed', seed,
          'lockedAtMs', ${ms('locked_at')}, 'drawnAtMs', ${ms('drawn_at')})
        FROM draws WHERE event_id = e.id),
      'proof', (SELECT json_build_object('number', number, 'start', start, 'records', records,
          'head', head, 'signature', signature, 'randomness', randomness, 'ranking', ranking,
          'givenUpAtMs', ${ms('given_up_at')}, 'givenUpReason', given_up_reason,
          'lockedStatement', locked_statement, 'drawnStatement', drawn_statement,
          'givenUpStatement', given_up_statement)
        FROM draw_proofs WHERE event_id = e.id)),
    'chain', (SELECT coalesce(json_agg(json_build_object('seq', seq, 'kind', kind, 'entryId', entry_id,
        'atMs', ${ms('at')}, 'head', encode(head, 'hex')) ORDER BY seq), '[]')
      FROM draw_records WHERE ${IS_NEW}),
    'entries', (SELECT coalesce(json_agg(json_build_object('id', id, 'eventId', event_id,
        'eventItemId', event_item_id, 'customerId', customer_id, 'quantity', quantity,
        'minQuantity', min_quantity, 'status', status, 'reason', reason,
        'enteredAtMs', ${ms('entered_at')}, 'seq', seq, 'rank', rank,
        'record', (SELECT json_build_object('seq', record_seq, 'head', encode(r.head, 'hex'))
          FROM draw_records r WHERE r.event_id = queue_entries.event_id AND r.seq = record_seq),
        'orderId', order_id, 'enteredIn', entered_in, 'endedIn', ended_in,
        'freeFound', free_found) ORDER BY seq), '[]')
      FROM queue_entries WHERE ${IS_NEW}),
    'orders', (SELECT coalesce(json_agg(json_build_object('id', id, 'eventId', event_id,
        'eventItemId', event_item_id, 'customerId', customer_id, 'status', status,
        'quantity', quantity, 'unitPriceCents', unit_price_minor, 'currency', currency,
        'variantLabel', variant_label, 'payOnline', pay_online, 'payment', NULL,
        'unitsReturned', units_returned, 'paying', paying, 'paymentId', payment_id,
        'reservedAtMs', ${ms('reserved_at')}, 'expiresAtMs', ${ms('expires_at')},
        'reserveKey', reserve_key, 'confirmKey', confirm_key, 'cancelKey', cancel_key,
        'entryId', entry_id, 'madeIn', made_in, 'endedIn', ended_in) ORDER BY id), '[]')
      FROM orders WHERE ${IS_NEW}),
    'outbox', (SELECT coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'key', key,
        'userId', user_id, 'payload', payload, 'priority', priority,
        'createdAtMs', ${ms('created_at')}, 'dueAtMs', ${ms('due_at')},
        'dropAfterMs', ${ms('drop_after')}, 'outcome', outcome) ORDER BY key), '[]')
      FROM outbox WHERE ${IS_NEW} AND ${IS_OF_LEDGER}),
    'accounts', (SELECT coalesce(json_agg(json_build_object('id', id, 'active', active,
        'isVerified', email_verified_at IS NOT NULL, 'sessionEpoch', session_epoch,
        'endedLogins', (SELECT json_agg(key ORDER BY key) FROM jsonb_object_keys(ended_logins) AS key))),
        '[]')
      FROM users WHERE ${IS_NEW}),
    'payments', (SELECT coalesce(json_agg(json_build_object('id', id, 'orderId', order_id,
        'state', state, 'amountMinor', amount_minor, 'currency', currency,
        'capturedMinor', captured_minor, 'refundedMinor', refunded_minor,
        'hasPage', session_id IS NOT NULL, 'isTried', provider_payment_id IS NOT NULL,
        'begunAtMs', ${ms('begun_at')}) ORDER BY id), '[]')
      FROM payments WHERE event_id = e.id),
    'refunds', (SELECT coalesce(json_agg(json_build_object('id', id, 'paymentId', payment_id,
        'orderId', order_id, 'state', state, 'amountMinor', amount_minor,
        'isMade', provider_refund_id IS NOT NULL, 'units', units, 'unitsReturned', units_returned) ORDER BY id), '[]')
      FROM payment_refunds),
    'revenue', (SELECT json_build_object('orders', coalesce(sum(orders), 0), 'units', coalesce(sum(units), 0),
        'grossMinor', coalesce(sum(gross_minor), 0))
      FROM revenue_quarters WHERE event_id = e.id),
    'untoldOffer', (SELECT o.id FROM orders o JOIN push_subscriptions p ON p.user_id = o.customer_id
      WHERE o.entry_id IS NOT NULL AND NOT EXISTS (SELECT FROM outbox w
        WHERE w.kind = 'push.your_turn' AND w.key = concat_ws('/', 'your_turn', o.entry_id, p.id)
          AND w.payload->>'orderId' = o.id AND w.drop_after = o.expires_at) LIMIT 1),
    'misplaced', (SELECT coalesce(e.id, p.entry_id)
      FROM (SELECT * FROM queue_entries WHERE status = 'waiting' AND rank IS NOT NULL) e
      FULL JOIN queue_places p ON p.entry_id = e.id
     WHERE (e.event_item_id, e.min_quantity, e.rank, e.quantity, e.customer_id)
           IS DISTINCT FROM (p.event_item_id, p.min_quantity, p.rank, p.quantity, p.customer_id) LIMIT 1),
    'counts', json_build_object('orders', (SELECT count(*) FROM orders),
      'entries', (SELECT count(*) FROM queue_entries), 'outbox', (SELECT count(*) FROM outbox WHERE ${IS_OF_LEDGER}),
      'chain', (SELECT count(*) FROM draw_records))) AS state
  FROM events e WHERE id = $1`;

/** Planned once for all sales of a database, which has one at a time. */
export async function prepareSnapshots(pglite: PGlite): Promise<void> {
  await pglite.exec(`PREPARE read_changes (text, bigint) AS ${CHANGES}`);
}

export class SnapshotReader {
  readonly #pglite: PGlite;
  readonly #eventId: EventId;
  #nextTransaction = 0;
  #orders = new Map<OrderId, OrderRow>();
  #entries = new Map<QueueEntryId, EntryRow>();
  #outbox = new Map<number, OutboxRow>();
  #chain = new Map<number, ChainRow>();
  #accounts: AccountRow[] = [];
  #ofAccounts = factsOf([]);

  constructor(pglite: PGlite, eventId: EventId) {
    this.#pglite = pglite;
    this.#eventId = eventId;
  }

  async read(mailboxes: Snapshot['mailboxes']): Promise<Snapshot> {
    let changes = await this.#readChanges();
    this.#take(changes);
    if (!this.#isComplete(changes)) {
      // A row was deleted, which nothing is to do.
      this.#forget();
      changes = await this.#readChanges();
      this.#take(changes);
    }
    return {
      ...changes.sale,
      ...this.#ofAccounts,
      orders: this.#orders,
      outbox: [...this.#outbox.values()],
      payments: new Map(changes.payments.map((payment) => [payment.id, payment])),
      refunds: new Map(changes.refunds.map((refund) => [refund.id, refund])),
      queue: { ...changes.queue, entries: this.#entries, chain: [...this.#chain.values()] },
      revenue: changes.revenue,
      untoldOffer: changes.untoldOffer,
      mailboxes,
    };
  }

  async #readChanges(): Promise<ChangesJson> {
    const [result] = await this.#pglite.exec(
      `EXECUTE read_changes ('${this.#eventId}', ${this.#nextTransaction})`,
    );
    const state: ChangesJson | undefined = result?.rows[0]?.state;
    if (state === undefined) throw new Error('the sale is gone');
    if (state.misplaced !== null)
      throw new Error(`${state.misplaced} has not its place in the queue`);
    return state;
  }

  /** Snapshots that were given away stay as they are. */
  #take({ nextTransaction, orders, entries, outbox, chain, accounts }: ChangesJson): void {
    this.#nextTransaction = Number(nextTransaction);
    if (orders.length > 0) this.#orders = new Map(this.#orders);
    for (const order of orders) this.#orders.set(order.id, order);
    if (entries.length > 0) this.#entries = new Map(this.#entries);
    for (const entry of entries) this.#entries.set(entry.id, entry);
    for (const { id, ...row } of outbox) this.#outbox.set(id, row);
    for (const record of chain) this.#chain.set(record.seq, record);
    if (accounts.length === 0) return;
    const changed = new Map(accounts.map((account) => [account.id, account]));
    const kept = this.#accounts.filter(({ id }) => !changed.has(id));
    this.#accounts = [...kept, ...accounts];
    this.#ofAccounts = factsOf(this.#accounts);
  }

  #isComplete({ counts }: ChangesJson): boolean {
    return (
      counts.orders === this.#orders.size &&
      counts.entries === this.#entries.size &&
      counts.outbox === this.#outbox.size &&
      counts.chain === this.#chain.size
    );
  }

  #forget(): void {
    this.#nextTransaction = 0;
    this.#orders = new Map();
    this.#entries = new Map();
    this.#outbox = new Map();
    this.#chain = new Map();
    this.#accounts = [];
  }
}

function factsOf(
  accounts: AccountRow[],
): Pick<Snapshot, 'inactive' | 'unverified' | 'sessionEpochs' | 'endedLogins'> {
  const idsOf = (isWanted: (account: AccountRow) => boolean) =>
    new Set(accounts.filter(isWanted).map(({ id }) => id));
  const signedOut = accounts.filter(({ sessionEpoch }) => sessionEpoch > 0);
  return {
    inactive: idsOf(({ active }) => !active),
    unverified: idsOf(({ isVerified }) => !isVerified),
    sessionEpochs: new Map(signedOut.map(({ id, sessionEpoch }) => [id, sessionEpoch])),
    endedLogins: new Map(
      accounts.flatMap(({ id, endedLogins }) => (endedLogins ? [[id, endedLogins]] : [])),
    ),
  };
}
