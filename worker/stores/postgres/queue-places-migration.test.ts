/** Entries that the version before wrote, also while their places in the queue are made: as a deployment finds them. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../local/database.ts';
import { migrate } from '../../../local/migrate.ts';
import { readMigrations } from '../../../local/migrations.ts';
import { type RealPostgres, startRealPostgres } from '../../../local/neon/real-postgres.ts';

/** A server is started and migrated, on a busy machine. */
const SETUP_MS_MAX = 120_000;
const WAITS_LOOKED_FOR_MAX = 2_000;
const FIRST = /_queue_places$/;

let real: RealPostgres;
let database: Database;
const clients: pg.Client[] = [];

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: real.connectionString });
  clients.push(client);
  await client.connect();
  return client;
}

const insertEntry = (client: pg.Client, seq: number, rank: number | null = seq) =>
  client.query(
    `INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                                entered_at, seq, rank, entered_in)
     VALUES ('ent_' || $1::bigint, 'evt', 'eit', 'usr_' || $1::bigint, 2, 1, now(), $1, $2, 1)`,
    [seq, rank],
  );

const endEntry = (client: pg.Client, seq: number) =>
  client.query(
    `UPDATE queue_entries SET status = 'left', ended_at = now(), ended_in = 2 WHERE seq = $1`,
    [seq],
  );

async function places(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(
    'SELECT rank::int, entry_id, customer_id, quantity FROM queue_places ORDER BY rank',
  );
  return rows.map((row) => Object.values(row));
}

const placeOf = (seq: number) => [seq, `ent_${seq}`, `usr_${seq}`, 2];

beforeAll(async () => {
  real = await startRealPostgres();
  database = await openDatabase({ databaseUrl: real.connectionString });
  const migrations = readMigrations();
  const first = migrations.findIndex(({ tag }) => FIRST.test(tag));
  await migrate(database.db, migrations.slice(0, first));
}, SETUP_MS_MAX);

afterAll(async () => {
  for (const client of clients) await client.end();
  await database?.close();
  await real?.stop();
});

async function untilWaiting(client: pg.Client): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  for (let n = 0; n < WAITS_LOOKED_FOR_MAX; n++) {
    if (((await client.query(waiting)).rowCount ?? 0) > 0) return;
  }
  throw new Error('it does not wait');
}

it('those who wait with a rank have their place, whoever wrote them and whenever', async () => {
  const [before, during, after] = [await connect(), await connect(), await connect()];
  for (const seq of [1, 2, 3]) await insertEntry(before, seq);
  await insertEntry(before, 4, null);
  await endEntry(before, 2);
  await before.query('BEGIN');
  await insertEntry(before, 5);
  await endEntry(before, 3);
  const migrated = migrate(database.db);
  await untilWaiting(after);
  const inserted = insertEntry(during, 6);
  await before.query('COMMIT');
  await Promise.all([migrated, inserted]);
  expect(await places(after)).toEqual([1, 5, 6].map(placeOf));

  await after.query('UPDATE queue_entries SET rank = 4 WHERE seq = 4');
  await endEntry(after, 1);
  await after.query('DELETE FROM queue_entries WHERE seq = 5');
  expect(await places(after)).toEqual([4, 6].map(placeOf));
  await after.query('UPDATE queue_entries SET rank = 10 - rank, quantity = 3 WHERE rank IN (4, 6)');
  expect(await places(after)).toEqual([
    [4, 'ent_6', 'usr_6', 3],
    [6, 'ent_4', 'usr_4', 3],
  ]);
}, 60_000);
