/** What events and their items keep of their queue, in their own rows. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  integer,
  jsonb,
  text,
} from 'drizzle-orm/pg-core';
import type { NamedBeacon } from '../../contract/draw.ts';
import type { Admission } from '../../contract/queue.ts';
import { instant } from './columns.ts';

export const queuePlan = {
  admission: text('admission').$type<Admission>().notNull().default('first_come'),
  /** Whether one may enter the queue once the units have gone. */
  waitlist: boolean('waitlist').notNull().default(true),
  /** How long an offer from the queue is held. */
  offerSeconds: integer('offer_seconds').notNull().default(600),
  /** When a draw takes no more entries: those that come later go behind. Null for first come. */
  entriesCloseAt: instant('entries_close_at'),
  /** The beacon's round by which a draw is made. Null for first come, and for a draw planned before it was kept. */
  drawBeacon: jsonb('draw_beacon').$type<NamedBeacon>(),
  /** Whether anybody ever entered its queue: a sale in which nobody did pays nothing for it. */
  hasEntries: boolean('has_entries').notNull().default(false),
};

export function queuePlanChecks(
  t: Record<'admission' | 'offerSeconds' | 'entriesCloseAt', AnyPgColumn>,
) {
  return [
    check('events_admission', sql`${t.admission} IN ('first_come', 'draw')`),
    check('events_offer_seconds', sql`${t.offerSeconds} BETWEEN 30 AND 86400`),
    check(
      'events_entries_close_at',
      sql`(${t.admission} = 'draw') = (${t.entriesCloseAt} IS NOT NULL)`,
    ),
  ];
}

/** How the queue of an event item stands: see contract/queue.ts. settle_group counts it, from the entries. */
export const queueCounters = {
  queueWaiting: integer('queue_waiting').notNull().default(0),
  queueWaitingUnits: integer('queue_waiting_units').notNull().default(0),
  queueServedRank: bigint('queue_served_rank', { mode: 'number' }).notNull().default(0),
  queueOffers: integer('queue_offers').notNull().default(0),
};
