/**
 * Entries of a draw with their chain, written as the shop would have written them one by one, in seconds instead of
 * an hour: the heads are computed here. Every fourth one leaves again at once.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type ChainRecord, nextHeadMessage } from '../../worker/contract/draw-records.ts';
import { type EventItemId, eventIdOf } from '../../worker/contract/ids.ts';
import { shopperIdSql } from '../speed/shopper-ids.ts';

const LEAVES_EVERY = 4;
/** Between two records. */
const STEP_MS = 1;
const NUMBER_CHARS = 18;
const RECORDS_PER_INSERT = 5_000;

/** @param of.first the number of the first shopper */
export async function writeChainedEntries(
  client: pg.Client,
  eventItemId: EventItemId,
  { first, count }: { first: number; count: number },
): Promise<void> {
  const eventId = eventIdOf(eventItemId);
  const records = recordsOf(eventItemId, count);
  const { rows } = await client.query<{ head: Buffer }>(
    'SELECT head FROM start_chain($1, to_timestamp($2 / 1000.0))',
    [eventId, records[0]?.atMs],
  );
  await client.query(
    `INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity, status,
                                entered_at, ended_at, ended_in, seq, record_seq, entered_in)
     SELECT r.entry_id, $1, $2, ${shopperIdSql('(r.n - 1 + $3::int)')}, 1, 1,
            CASE WHEN r.left_ms IS NULL THEN 'waiting' ELSE 'left' END, to_timestamp(r.at_ms / 1000.0),
            to_timestamp(r.left_ms / 1000.0), CASE WHEN r.left_ms IS NOT NULL THEN 1 END, r.n, r.seq, 1
       FROM unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
            WITH ORDINALITY AS r (entry_id, at_ms, left_ms, seq, n)`,
    [eventId, eventItemId, first, ...entryColumns(records)],
  );
  await writeRecords(client, eventId, { records, head: rows[0]?.head ?? Buffer.alloc(0) });
  await client.query(
    `INSERT INTO event_queues (event_id, settlement, settled_at, last_seq)
     VALUES ($1, 1, to_timestamp($3 / 1000.0), $2)`,
    [eventId, count, records.at(-1)?.atMs],
  );
  await client.query(
    'UPDATE event_items SET queue_waiting = $2, queue_waiting_units = $2 WHERE id = $1',
    [eventItemId, count - Math.floor(count / LEAVES_EVERY)],
  );
  await client.query('UPDATE events SET has_entries = true WHERE id = $1', [eventId]);
  // As it would have been done by itself in the hours in which they came.
  await client.query('VACUUM ANALYZE queue_entries, queue_places, draw_records');
}

function recordsOf(eventItemId: EventItemId, count: number): ChainRecord[] {
  const prefix = eventIdOf(eventItemId).replace('evt_', 'ent_');
  const beginMs = Date.now() - 2 * count * STEP_MS;
  const records: ChainRecord[] = [];
  for (let n = 1; n <= count; n++) {
    const entryId = `${prefix}_${String(n).padStart(NUMBER_CHARS, '0')}`;
    const wish = { entryId, eventItemId, quantity: 1, minQuantity: 1 };
    const add = (kind: ChainRecord['kind']) => {
      const seq = records.length + 1;
      records.push({ kind, seq, ...wish, atMs: beginMs + seq * STEP_MS });
    };
    add('enter');
    if (n % LEAVES_EVERY === 0) add('leave');
  }
  return records;
}

/** Of each that entered: its id, when it entered and left, and the number of its record. */
function entryColumns(records: readonly ChainRecord[]) {
  const entered = records.filter(({ kind }) => kind === 'enter');
  return [
    entered.map(({ entryId }) => entryId),
    entered.map(({ atMs }) => atMs),
    entered.map(({ seq }) => {
      const next = records[seq];
      return next?.kind === 'leave' ? next.atMs : null;
    }),
    entered.map(({ seq }) => seq),
  ];
}

async function writeRecords(
  client: pg.Client,
  eventId: string,
  chain: { records: readonly ChainRecord[]; head: Uint8Array },
): Promise<void> {
  let { head } = chain;
  for (let from = 0; from < chain.records.length; from += RECORDS_PER_INSERT) {
    const records = chain.records.slice(from, from + RECORDS_PER_INSERT);
    const heads = records.map((record) => {
      head = createHash('sha256').update(nextHeadMessage(head, record)).digest();
      return head;
    });
    await client.query(
      `INSERT INTO draw_records (event_id, seq, kind, entry_id, at, head)
       SELECT $1, r.seq, r.kind, r.entry_id, to_timestamp(r.at_ms / 1000.0), r.head
         FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bytea[])
              AS r (seq, kind, entry_id, at_ms, head)`,
      [
        eventId,
        records.map(({ seq }) => seq),
        records.map(({ kind }) => kind),
        records.map(({ entryId }) => entryId),
        records.map(({ atMs }) => atMs),
        heads,
      ],
    );
  }
}
