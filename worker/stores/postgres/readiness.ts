/** Whether the database can be reached and has every migration that this code needs. */
import { sql } from 'drizzle-orm';
import journal from '../../../migrations/meta/_journal.json' with { type: 'json' };
import { type Db, guarded } from './client.ts';

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

export type Readiness = { ready: true } | { ready: false; reason: string };

/** Never throws: a database that is away is an answer here. */
export async function readReadiness(db: Db): Promise<Readiness> {
  const needed = journal.entries.map(({ when }) => when);
  try {
    const { rows } = await guarded(() =>
      db.execute<{ applied: string }>(
        sql`SELECT created_at AS applied FROM drizzle.__drizzle_migrations`,
      ),
    );
    const applied = new Set(rows.map((row) => Number(row.applied)));
    const missing = needed.filter((when) => !applied.has(when)).length;
    return missing === 0
      ? { ready: true }
      : { ready: false, reason: `${missing} migration(s) are not applied` };
  } catch (error) {
    return { ready: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && (cause.code === UNDEFINED_TABLE || cause.code === UNDEFINED_SCHEMA)) {
      return 'no migration is applied';
    }
  }
  return 'the database cannot be reached';
}
