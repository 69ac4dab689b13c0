/** What an event asks of whoever buys, as the ledger decides it. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import { mailboxOf } from '../../contract/mailbox.ts';
import type { Db } from '../../stores/postgres/client.ts';
import {
  enter,
  HOLD_MS,
  leave,
  makeAccounts,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  settle,
} from './testing/sales.ts';

let database: Database;
let db: Db;
let mailboxes = 0;

beforeAll(async () => {
  database = await openMigratedPostgres();
  db = database.db;
}, 60_000);

afterAll(() => database?.close());

async function verify(id: UserId) {
  await db.execute(sql`UPDATE users SET email_verified_at = now() WHERE id = ${id}`);
}

async function oneCustomer(): Promise<UserId> {
  const [customer] = await makeCustomers(db, 1);
  if (!customer) throw new Error('one customer was asked for');
  return customer;
}

/** Three accounts of one mailbox that nobody else has. */
async function threeOfOneMailbox(): Promise<[UserId, UserId, UserId]> {
  const box = `box${++mailboxes}`;
  const emails = [`${box}@gmail.com`, `${box}+b@gmail.com`, `b.ox${mailboxes}@googlemail.com`];
  const [a, b, c] = await makeAccounts(db, emails);
  if (!a || !b || !c) throw new Error('three accounts were asked for');
  return [a, b, c];
}

describe('a sale for verified addresses', () => {
  it('refuses others, in any case, until they are verified', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 2 }], { requireVerifiedEmail: true });
    const [alone, together, once] = await makeCustomers(db, 3);
    if (!alone || !together || !once) throw new Error('three customers were asked for');
    await verify(together);
    const group = [
      reserve(sale, alone),
      reserve(sale, together),
      // Twice, so they are looked at one by one.
      reserve(sale, once, { key: 'a' }),
      reserve(sale, once, { key: 'b' }),
    ];
    const refused = 'email_unverified';
    expect(outcomes(await settle(sale, group))).toEqual([refused, 'pending', refused, refused]);
    await verify(alone);
    expect(outcomes(await settle(sale, [reserve(sale, alone)]))).toEqual(['pending']);
  });

  it('says first that it is not open or over, and last that nothing is left', async () => {
    const sale = await makeSale(db, [{ stock: 0, limit: 1 }], { requireVerifiedEmail: true });
    const customer = await oneCustomer();
    const attempts = [
      reserve(sale, customer, { key: 'a', atMs: NOW_MS - 1 }),
      reserve(sale, customer, { key: 'b' }),
      reserve(sale, customer, { key: 'c', atMs: NOW_MS + 3_600_000 }),
    ];
    expect(outcomes(await settle(sale, attempts))).toEqual([
      'not_open',
      'email_unverified',
      'closed',
    ]);
    await verify(customer);
    expect(outcomes(await settle(sale, [reserve(sale, customer)]))).toEqual(['sold_out']);
  });

  it('gives again, confirms and cancels what was held, whatever became of the address', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 2 }], { requireVerifiedEmail: true });
    const customer = await oneCustomer();
    await verify(customer);
    const [first, second] = [
      reserve(sale, customer, { key: 'a' }),
      reserve(sale, customer, { key: 'b' }),
    ];
    await settle(sale, [first, second]);
    await db.execute(sql`UPDATE users SET email_verified_at = NULL WHERE id = ${customer}`);
    expect(outcomes(await settle(sale, [first]))).toEqual(['pending']);
    const ends = [
      { ...first, kind: 'confirm' as const, key: 'c' },
      { ...second, kind: 'cancel' as const, key: 'd' },
    ];
    expect(outcomes(await settle(sale, ends))).toEqual(['confirmed', 'cancelled']);
  });
});

describe('a sale with one limit for each mailbox', () => {
  it('counts what all accounts of the mailbox hold and have bought', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 2 }], { oneLimitPerMailbox: true });
    const [a, b, c] = await threeOfOneMailbox();
    const bought = reserve(sale, a);
    await settle(sale, [bought]);
    await settle(sale, [{ ...bought, kind: 'confirm', key: 'k' }]);
    expect(outcomes(await settle(sale, [reserve(sale, b)]))).toEqual(['pending']);
    const { answers } = await settle(sale, [reserve(sale, c), reserve(sale, await oneCustomer())]);
    expect(answers[0]).toEqual({ refusal: 'limit_reached', limit: 2, held: 1, bought: 1 });
    expect(answers[1]).toMatchObject({ order: { status: 'pending' } });
  });

  it('counts accounts that come in one group, in order of arrival', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 2 }], { oneLimitPerMailbox: true });
    const accounts = await threeOfOneMailbox();
    const group = accounts.map((account) => reserve(sale, account));
    expect(outcomes(await settle(sale, group))).toEqual(['pending', 'pending', 'limit_reached']);
  });

  it('counts each item for itself, and gives again what is theirs', async () => {
    const items = [
      { stock: 9, limit: 1 },
      { stock: 9, limit: 1 },
    ];
    const sale = await makeSale(db, items, { oneLimitPerMailbox: true });
    const [a, b] = await threeOfOneMailbox();
    const first = reserve(sale, a, { key: 'a' });
    await settle(sale, [first]);
    const [, other] = sale.items;
    const group = [
      reserve(sale, b, { key: 'b' }),
      { ...reserve(sale, b, { key: 'c' }), eventItemId: other },
      reserve(sale, a, { key: 'a' }),
    ] as Parameters<typeof settle>[1];
    expect(outcomes(await settle(sale, group))).toEqual(['limit_reached', 'pending', 'pending']);
  });

  it('counts other accounts also where a hold that has ended is confirmed', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 1 }], { oneLimitPerMailbox: true });
    const [a, b] = await threeOfOneMailbox();
    const late = reserve(sale, a);
    await settle(sale, [late]);
    const afterMs = NOW_MS + HOLD_MS;
    await settle(sale, [reserve(sale, b, { atMs: afterMs })], afterMs);
    const confirm = { ...late, kind: 'confirm' as const, key: 'k', atMs: afterMs };
    expect(outcomes(await settle(sale, [confirm], afterMs))).toEqual(['hold_expired']);
  });

  it('counts accounts that wait in the queue, and does not read what they have for each of them', async () => {
    const sale = await makeSale(db, [{ stock: 0, limit: 3 }]);
    const emails = Array.from({ length: 60 }, (_, n) => `crowd+${n}@gmail.com`);
    const accounts = await makeAccounts(db, emails);
    const stranger = await oneCustomer();
    const wish = { quantity: 2, minQuantity: 1 };
    const group = [...accounts, stranger].map((account) => enter(sale, account, wish));
    await settle(sale, group);
    const isOfSale = sql`event_id = ${sale.eventId}`;
    // As they could enter before those of a mailbox were counted together.
    await db.execute(
      sql`UPDATE events SET one_limit_per_mailbox = true WHERE id = ${sale.eventId}`,
    );
    await db.execute(
      sql`UPDATE event_items SET stock_total = 9, stock_remaining = 9 WHERE ${isOfSale}`,
    );
    // Counts of a connection, which a batch does not leave.
    const reads = sql`SELECT idx_tup_fetch::int AS rows FROM pg_stat_xact_user_tables
                       WHERE relname = 'users'`;
    const [before, , after] = await db.batch([
      db.execute<{ rows: number }>(reads),
      db.execute(sql`SELECT settle_group(${sale.eventId}, ${NOW_MS}::bigint, '[]')`),
      db.execute<{ rows: number }>(reads),
    ]);
    const { rows } = await db.execute<{ what: string; entries: number }>(sql`
      SELECT concat_ws(' ', e.status, e.reason, o.quantity) AS what, count(*)::int AS entries
        FROM queue_entries e LEFT JOIN orders o ON o.entry_id = e.id
       WHERE e.${isOfSale} GROUP BY 1 ORDER BY min(e.seq)`);
    expect(rows).toEqual([
      { what: 'offered 2', entries: 2 },
      { what: 'offered 1', entries: 1 },
      { what: 'skipped limit_reached', entries: 58 },
    ]);
    const read = (after.rows[0]?.rows ?? 0) - (before.rows[0]?.rows ?? 0);
    // Once for each look at those who are next: of 9, of 36 and of all.
    expect(read).toBeLessThan(5 * emails.length);
  });

  it('lets a mailbox wait for no more than its limit, also in one group', async () => {
    const sale = await makeSale(db, [{ stock: 0, limit: 3 }], { oneLimitPerMailbox: true });
    const [a, b, c] = await threeOfOneMailbox();
    const wish = { quantity: 3, minQuantity: 2 };
    const first = enter(sale, a, wish);
    const { answers } = await settle(sale, [first, enter(sale, b, wish), enter(sale, c)]);
    expect(answers).toMatchObject([
      { entry: { status: 'waiting' } },
      { refusal: 'limit_reached', limit: 3, held: 0, bought: 0, waiting: 2 },
      { entry: { status: 'waiting' } },
    ]);
    const refused = { refusal: 'limit_reached', limit: 3, held: 0, bought: 0, waiting: 3 };
    expect((await settle(sale, [enter(sale, b)])).answers).toEqual([refused]);
    // Whoever waits already is told of their place, and who leaves makes room.
    expect(outcomes(await settle(sale, [enter(sale, a)]))).toEqual(['waiting']);
    expect(outcomes(await settle(sale, [leave(first)]))).toEqual(['left']);
    expect(outcomes(await settle(sale, [enter(sale, b, wish)]))).toEqual(['waiting']);
  });

  it('gives a mailbox with many accounts no more chances in a draw', async () => {
    const lockMs = NOW_MS - 5_000;
    const sale = await makeSale(db, [{ stock: 1, limit: 1, sizes: 2 }], {
      oneLimitPerMailbox: true,
      admission: 'draw',
      entriesCloseAt: new Date(lockMs).toISOString(),
    });
    const [a, b, c] = await threeOfOneMailbox();
    const early = { atMs: lockMs - 1 };
    const [, other] = sale.items;
    const group = [
      enter(sale, a, early),
      enter(sale, b, { ...early, eventItemId: other as never }),
    ];
    const entered = await settle(sale, group, early.atMs);
    expect(outcomes(entered)).toEqual(['waiting', 'limit_reached']);
    expect(entered.answers[1]).toMatchObject({ waiting: 1 });
    const late = await settle(sale, [enter(sale, c, { atMs: lockMs })], lockMs);
    expect(outcomes(late)).toEqual(['limit_reached']);
  });

  it('leaves all other sales as they are', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 1 }]);
    const accounts = await threeOfOneMailbox();
    const group = accounts.map((account) => reserve(sale, account));
    expect(outcomes(await settle(sale, group))).toEqual(['pending', 'pending', 'pending']);
    const gone = await makeSale(db, [{ stock: 0, limit: 1 }]);
    const entries = accounts.map((account) => enter(gone, account));
    expect(outcomes(await settle(gone, entries))).toEqual(['waiting', 'waiting', 'waiting']);
  });
});

describe('the mailbox of an address', () => {
  it('is the same in SQL as in the contract', async () => {
    const domain = fc.constantFrom(
      'gmail.com',
      'googlemail.com',
      'mail.gmail.com',
      'gmail.com.example',
      'example.com',
      'xn--bcher-kva.example',
    );
    const name = fc.stringMatching(/^[a-z0-9.+_@'%-]{0,12}$/);
    const emails = fc.sample(
      fc.tuple(name, domain).map(([before, after]) => `${before}@${after}`),
      { numRuns: 2_000, seed: 1 },
    );
    emails.push('', '@', 'a', 'a@', 'a.b+c@d@gmail.com', '+@gmail.com', 'ä.ö+ü@googlemail.com');
    const { rows } = await db.execute<{ mailbox: string }>(sql`
      SELECT mailbox_of(email) AS mailbox
        FROM jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb) WITH ORDINALITY AS a (email, n)
       ORDER BY n`);
    expect(rows.map(({ mailbox }) => mailbox)).toEqual(emails.map(mailboxOf));
    expect(new Set(emails.map(mailboxOf)).size).toBeLessThan(new Set(emails).size);
  });
});
