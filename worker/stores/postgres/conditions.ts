/**
 * Conditions of a change, looked at once its row is locked and before anything is changed. The
 * verdict is kept for the rest of the transaction, since the change itself would alter it.
 */
import { type SQL, sql } from 'drizzle-orm';

/** To be the statement after the one that takes the lock: it sees what the lock waited for. */
export function conditionStatement(condition: SQL = sql`TRUE`): SQL {
  return sql`SELECT set_config('swiftdrop.condition',
    CASE WHEN ${condition} THEN 'met' ELSE 'failed' END, true) = 'met' AS met`;
}

/** What `conditionStatement` found, for the statements behind it. */
export const isMet: SQL = sql`current_setting('swiftdrop.condition') = 'met'`;

/** The first row of `conditionStatement`. */
export function wasMet(rows: { met: boolean }[]): boolean {
  return rows[0]?.met === true;
}
