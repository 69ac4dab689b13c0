/** The tables to which rows are only added: counts of refusals, and the audit log. */
import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { EventId } from '../../contract/ids.ts';
import { events } from './schema.ts';

/** How often an event's shoppers were refused, by code, since it was made. */
export const eventRefusals = pgTable(
  'event_refusals',
  {
    eventId: text('event_id')
      .$type<EventId>()
      .notNull()
      .references(() => events.id),
    code: text('code').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.code] })],
);

/** What was done by hand or by a repair: who, what, before and after. Rows are only ever added. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** A user's id, or the name of the command that did it. */
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    /** The id of what was changed. */
    subject: text('subject').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
  },
  (t) => [index('audit_log_subject').on(t.subject, t.id)],
);
