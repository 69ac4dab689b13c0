/** What an event keeps of its cancelling, and of what is told once it is over, in its own row. */
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, boolean, check, text } from 'drizzle-orm/pg-core';
import type { UserId } from '../../contract/ids.ts';
import { instant } from './columns.ts';

export const ending = {
  /** When it was cancelled, which closes it for good. */
  cancelledAt: instant('cancelled_at'),
  /** Why, as the admin wrote it: only admins see it. Of a draw that the shop gave up, in the shop's words. */
  cancelReason: text('cancel_reason'),
  /** The admin; null where the shop gave up its draw. */
  cancelledBy: text('cancelled_by').$type<UserId>(),
  /** Whether everybody may read its report once it is closed: see contract/report.ts. */
  reportPublic: boolean('report_public').notNull().default(false),
};

export const cancellationCheck = (
  t: Record<'cancelReason' | 'cancelledAt' | 'cancelledBy' | 'closedAt', AnyPgColumn>,
) =>
  check(
    'events_cancelled',
    sql`CASE WHEN ${t.cancelledAt} IS NULL THEN ${t.cancelReason} IS NULL AND ${t.cancelledBy} IS NULL
      ELSE ${t.cancelReason} IS NOT NULL AND ${t.closedAt} IS NOT NULL END`,
  );
