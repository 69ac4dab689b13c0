/** How the simulation reads the state of the real tables, as `checks` see it. */
import type { LoginId, UserId } from '../worker/contract/ids.ts';
import type { ItemRow, OrderRow } from './ledger.ts';
import type { OutboxRow } from './outbox-rows.ts';
import type { DrawRow, EntryRow, QueuePlan, QueueRow } from './queue-rows.ts';

export interface SnapshotJson {
  opensAtMs: number;
  closesAtMs: number;
  published: boolean;
  items: ItemRow[];
  orders: OrderRow[];
  inactive: UserId[];
  sessionEpochs: Record<string, number>;
  endedLogins: Record<string, LoginId[]>;
  requireVerifiedEmail: boolean;
  oneLimitPerMailbox: boolean;
  unverified: UserId[];
  outbox: OutboxRow[];
  queue: { plan: QueuePlan; entries: EntryRow[]; row: QueueRow | null; draw: DrawRow | null };
}

/** Written apart from settle_group and its functions, so that a mistake in them cannot hide itself. */
export const SNAPSHOT = `
  SELECT json_build_object(
    'opensAtMs', round(extract(epoch FROM coalesce(opened_at, starts_at)) * 1000),
    'closesAtMs', CASE WHEN closed_at IS NULL THEN round(extract(epoch FROM ends_at) * 1000) ELSE 0 END,
    'published', published,
    'items', (SELECT json_agg(json_build_object('id', id, 'itemId', item_id, 'variantId', variant_id,
        'variantLabel', (SELECT v.label FROM item_variants v WHERE v.id = variant_id),
        'total', stock_total,
        'remaining', stock_remaining, 'held', stock_held, 'sold', stock_sold,
        'limit', limit_per_customer, 'priceCents', price_minor,
        'queue', json_build_object('waiting', queue_waiting, 'waitingUnits', queue_waiting_units,
          'servedRank', queue_served_rank, 'offers', queue_offers)) ORDER BY position)
      FROM event_items WHERE event_id = e.id),
    'inactive', (SELECT coalesce(json_agg(id), '[]') FROM users WHERE NOT active),
    'requireVerifiedEmail', require_verified_email,
    'oneLimitPerMailbox', one_limit_per_mailbox,
    'unverified', (SELECT coalesce(json_agg(id), '[]') FROM users WHERE email_verified_at IS NULL),
    'outbox', (SELECT coalesce(json_agg(json_build_object('kind', kind, 'key', key,
        'userId', user_id, 'payload', payload, 'priority', priority,
        'createdAtMs', round(extract(epoch FROM created_at) * 1000),
        'dueAtMs', round(extract(epoch FROM due_at) * 1000),
        'dropAfterMs', round(extract(epoch FROM drop_after) * 1000)) ORDER BY key), '[]') FROM outbox),
    'queue', json_build_object(
      'plan', json_build_object('admission', admission, 'waitlist', waitlist,
        'offerSeconds', offer_seconds,
        'entriesCloseAtMs', round(extract(epoch FROM entries_close_at) * 1000)),
      'row', (SELECT json_build_object('settlement', settlement, 'lastSeq', last_seq,
          'settledAtMs', round(extract(epoch FROM settled_at) * 1000))
        FROM event_queues WHERE event_id = e.id),
      'draw', (SELECT json_build_object('lockedIn', locked_in, 'entryCount', entry_count, 'seed', seed,
          'lockedAtMs', round(extract(epoch FROM locked_at) * 1000),
          'drawnAtMs', round(extract(epoch FROM drawn_at) * 1000))
        FROM draws WHERE event_id = e.id),
      'entries', (SELECT coalesce(json_agg(json_build_object('id', id, 'eventId', event_id,
          'eventItemId', event_item_id, 'customerId', customer_id, 'quantity', quantity,
          'minQuantity', min_quantity, 'status', status, 'reason', reason,
          'enteredAtMs', round(extract(epoch FROM entered_at) * 1000), 'seq', seq, 'rank', rank,
          'orderId', order_id, 'enteredIn', entered_in, 'endedIn', ended_in,
          'freeFound', free_found) ORDER BY seq), '[]')
        FROM queue_entries WHERE event_id = e.id)),
    'sessionEpochs', (SELECT coalesce(json_object_agg(id, session_epoch), '{}') FROM users
                       WHERE session_epoch > 0),
    'endedLogins', (SELECT coalesce(json_object_agg(id, (SELECT json_agg(key ORDER BY key)
                      FROM jsonb_object_keys(ended_logins) AS key)), '{}')
                      FROM users WHERE ended_logins <> '{}'),
    'orders', (SELECT coalesce(json_agg(json_build_object('id', id, 'eventId', event_id,
        'eventItemId', event_item_id, 'customerId', customer_id, 'status', status,
        'quantity', quantity, 'unitPriceCents', unit_price_minor, 'currency', currency,
        'variantLabel', variant_label,
        'reservedAtMs', round(extract(epoch FROM reserved_at) * 1000),
        'expiresAtMs', round(extract(epoch FROM expires_at) * 1000),
        'reserveKey', reserve_key, 'confirmKey', confirm_key, 'cancelKey', cancel_key,
        'entryId', entry_id, 'madeIn', made_in, 'endedIn', ended_in) ORDER BY id), '[]')
      FROM orders WHERE event_id = e.id)) AS state
  FROM events e WHERE id = $1`;
