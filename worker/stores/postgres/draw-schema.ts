/** What proves a draw: where it starts, the chain of those who enter and leave, and what was made of it. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { DrawStart, GiveUpReason } from '../../contract/draw.ts';
import type { EventId, QueueEntryId } from '../../contract/ids.ts';
import { instant } from './columns.ts';
import { events } from './schema.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** One for each draw from its first entry on. What is written once is never changed. */
export const drawProofs = pgTable(
  'draw_proofs',
  {
    eventId: text('event_id')
      .$type<EventId>()
      .primaryKey()
      .references(() => events.id),
    /** Of all draws, without gaps. */
    number: integer('number').notNull().unique(),
    /** Record 0, whose bytes are in contract/draw-records.ts. */
    start: jsonb('start').$type<DrawStart>().notNull(),
    /** The last record before the lock, and its head in hex. Null until then. */
    records: bigint('records', { mode: 'number' }),
    head: text('head'),
    /** Of the beacon's round, in hex. Null until it is drawn. */
    signature: text('signature'),
    randomness: text('randomness'),
    /** SHA-256 of all ranked entries in their order, in hex. */
    ranking: text('ranking'),
    givenUpAt: instant('given_up_at'),
    givenUpReason: text('given_up_reason').$type<GiveUpReason>(),
    /** Compact JWS. Each is made after what it tells, and null until then. */
    lockedStatement: text('locked_statement'),
    drawnStatement: text('drawn_statement'),
    givenUpStatement: text('given_up_statement'),
  },
  (t) => [
    check('draw_proofs_locked', sql`(${t.records} IS NULL) = (${t.head} IS NULL)`),
    check(
      'draw_proofs_drawn',
      sql`num_nulls(${t.signature}, ${t.randomness}, ${t.ranking}) IN (0, 3)`,
    ),
    check(
      'draw_proofs_given_up',
      sql`num_nulls(${t.givenUpAt}, ${t.givenUpReason}) IN (0, 2) AND num_nulls(${t.givenUpAt}, ${t.signature}) > 0`,
    ),
    check(
      'draw_proofs_given_up_reason',
      sql`${t.givenUpReason} IN ('cancelled', 'beacon_silent', 'undrawn_at_end')`,
    ),
  ],
);

/**
 * The chain of a draw: record 0, then each entering and leaving before the lock, in their order. What each says
 * stands in `queue_entries`. Without references: each would be asked for every entry of the rush.
 */
export const drawRecords = pgTable(
  'draw_records',
  {
    eventId: text('event_id').$type<EventId>().notNull(),
    /** 0 for the start, and no gaps. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    kind: text('kind').$type<'start' | 'enter' | 'leave'>().notNull(),
    /** Null for the start. */
    entryId: text('entry_id').$type<QueueEntryId>(),
    at: instant('at').notNull(),
    /** SHA-256 of the head before and this record: 32 bytes. */
    head: bytes('head').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.seq] }),
    check('draw_records_kind', sql`${t.kind} IN ('start', 'enter', 'leave')`),
    check('draw_records_start', sql`(${t.kind} = 'start') = (${t.seq} = 0)`),
    check('draw_records_entry', sql`(${t.kind} = 'start') = (${t.entryId} IS NULL)`),
  ],
);
