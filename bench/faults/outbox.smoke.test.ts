/**
 * The outbox on the production bundle: its dispatcher killed between any two steps, and a provider that
 * is slow, refuses, throttles and loses its answers. Nothing is lost, and nothing is sent twice beyond
 * what its key allows. `DRILLS_TELL=1` prints the counts.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeUserId, type UserId } from '../../worker/contract/ids.ts';
import { AT_ONCE_MAX } from '../../worker/outbox/rules/batch.ts';
import { enqueueStatement } from '../../worker/stores/postgres/outbox.ts';
import { insertUser } from '../../worker/stores/postgres/users.ts';
import { callerAt, signIn } from './api-caller.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import {
  type MailProvider,
  openMailProvider,
  PATIENCE_S,
  type ProviderMode,
} from './mail-provider.ts';

const MAILS = 60;
const SOON_MS = 60_000;
const LOOK_MS = 50;
/** By which two clocks may differ while a second passes. */
const CLOCKS_MS_MAX = 50;

let shop: FaultyShop;
let provider: MailProvider;

beforeAll(async () => {
  shop = await openFaultyShop();
}, 120_000);

afterAll(() => shop?.close());

beforeEach(async () => {
  await shop.db.execute(sql`DELETE FROM outbox`);
  provider = await openMailProvider();
  await shop.killRuntime({
    MAIL_VIA: 'resend',
    MAIL_API_URL: provider.url,
    MAIL_API_KEY: 'a-key-of-a-drill',
    MAIL_FROM: 'Drill <drill@shop.example>',
    MAIL_PER_SECOND_MAX: '100',
    PUBLIC_URL: 'http://127.0.0.1',
  });
  return () => provider.close();
});

async function writeMails(count = MAILS): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < count; n++) {
    const nowMs = Date.now();
    const userId: UserId = makeUserId(nowMs + n, (bytes) => crypto.getRandomValues(bytes));
    const account = { email: `${userId}@example.com`, displayName: 'A buyer', role: 'customer' };
    await insertUser(shop.db, { id: userId, ...account, role: 'customer', passwordHash: 'none' });
    const key = `password_changed/${randomUUID()}`;
    await enqueueStatement(shop.db, {
      kind: 'mail.password_changed',
      key,
      payload: { userId },
      userId,
      priority: 0,
      nowMs,
    });
    keys.push(key);
  }
  return keys;
}

/** By what a visitor does: asks for a new password of an account that is not there. */
async function wake(): Promise<void> {
  const email = `${randomUUID()}@example.com`;
  const { status } = await callerAt(shop.url).ask('/auth/password/forgotten', { json: { email } });
  expect(status).toBe(202);
}

async function countWhere(condition: string): Promise<number> {
  const { rows } = await shop.db.execute<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM outbox
     WHERE kind = 'mail.password_changed' AND ${sql.raw(condition)}`);
  return rows[0]?.count ?? 0;
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const untilMs = performance.now() + SOON_MS;
  while (!(await isSo())) {
    if (performance.now() > untilMs) throw new Error(`${what} did not happen in ${SOON_MS} ms`);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** As if the time that leases and pauses last had gone by, but for rows that are being written just now. */
async function passTime(): Promise<void> {
  await shop.db.execute(sql`
    UPDATE outbox SET due_at = least(due_at, now()), leased_until = least(leased_until, now())
     WHERE id IN (SELECT id FROM outbox WHERE outcome IS NULL FOR UPDATE SKIP LOCKED)`);
  await wake();
}

async function workOffAll(): Promise<void> {
  await wake();
  await until('the end of all rows', async () => {
    if ((await countWhere('outcome IS NULL')) === 0) return true;
    await passTime();
    return false;
  });
}

function tell(what: string, figures: object): void {
  if (process.env.DRILLS_TELL) process.stderr.write(`${what}: ${JSON.stringify(figures)}\n`);
}

interface Death {
  point: string;
  /** Of the provider from before there is a mail: the dispatcher may work before anybody wakes it. */
  mode: ProviderMode;
  /** Leads to the point. The dispatcher stays there, however long nobody looks. */
  reach(): Promise<void>;
}

const DEATHS: Death[] = [
  {
    point: 'between the lease and the mail',
    mode: 'ignore',
    async reach() {
      await until('a call', () => provider.counts.calls > 0);
      expect(await countWhere('lease_id IS NOT NULL')).toBeGreaterThan(0);
    },
  },
  {
    point: 'between the mail and its answer',
    mode: 'hold',
    reach: () => until('a mail', () => provider.sent.size > 0),
  },
  {
    point: 'between the answer and its record',
    mode: 'hold',
    async reach() {
      await until('a mail', () => provider.sent.size > 0);
      shop.wire.setMode('black_hole');
      provider.answerHeld();
      await until('a record on its way', () => shop.wire.lostBytes > 0);
      expect(await countWhere(`outcome = 'done'`)).toBe(0);
    },
  },
];

it.each(DEATHS)('every mail is sent once when the dispatcher dies $point', async (death) => {
  const { point, mode, reach } = death;
  provider.mode = mode;
  const keys = await writeMails();
  await wake();
  await reach();
  const sentBefore = provider.sent.size;
  await shop.killRuntime();
  shop.wire.setMode('pass');
  provider.mode = 'send';
  await workOffAll();
  tell(point, { mails: MAILS, sentBefore, sent: provider.sent.size, ...provider.counts });
  expect([...provider.sent.keys()].toSorted()).toEqual(keys.toSorted());
  expect(await countWhere(`outcome = 'done'`)).toBe(MAILS);
  expect(provider.counts).toMatchObject({ changed: 0, withoutKey: 0 });
});

it('every mail is sent once by a provider that throttles, fails and loses its answers', async () => {
  provider.mode = 'throttle';
  const keys = await writeMails();
  await wake();
  for (const mode of ['throttle', 'fail', 'lose'] as const) {
    provider.mode = mode;
    const { calls } = provider.counts;
    await passTime();
    await until(`a call to a provider that is to ${mode}`, () => provider.counts.calls > calls);
  }
  provider.mode = 'send';
  await workOffAll();
  tell('throttled, failed and lost', { mails: MAILS, ...provider.counts });
  expect([...provider.sent.keys()].toSorted()).toEqual(keys.toSorted());
  expect(await countWhere(`outcome = 'done'`)).toBe(MAILS);
  expect(provider.counts).toMatchObject({ changed: 0, withoutKey: 0 });
});

it('every mail is sent once by a provider that answers too late', async () => {
  provider.mode = 'hold';
  const keys = await writeMails(5);
  await wake();
  await until('tries without an answer', async () => (await countWhere('tries > 0')) === 5);
  expect([...provider.sent.keys()].toSorted()).toEqual(keys.toSorted());
  expect(await countWhere(`outcome = 'done'`)).toBe(0);
  provider.mode = 'send';
  await workOffAll();
  tell('too late', { mails: 5, sent: provider.sent.size, ...provider.counts });
  expect(await countWhere(`outcome = 'done'`)).toBe(5);
  expect(provider.sent.size).toBe(5);
  // Once more each, or oftener: `passTime` may end the lease of one that is being sent again.
  expect(provider.counts.repeats).toBeGreaterThanOrEqual(5);
  expect(provider.counts).toMatchObject({ changed: 0, withoutKey: 0 });
});

it('a provider that asks for patience is not asked again before its time, and no try is counted', async () => {
  provider.mode = 'throttle';
  await writeMails();
  await wake();
  await until('a throttled mail', async () => (await countWhere('last_error IS NOT NULL')) > 0);
  // As many as are sent at once, and as many again each time that its patience is over.
  const [firstAtMs = 0] = provider.calledAtMs;
  const tookMs = (provider.calledAtMs.at(-1) ?? 0) - firstAtMs;
  const waves = 1 + Math.floor((tookMs + CLOCKS_MS_MAX) / (PATIENCE_S * 1_000));
  expect(provider.counts.calls).toBeLessThanOrEqual(waves * AT_ONCE_MAX);
  expect(await countWhere('tries > 0')).toBe(0);
  provider.mode = 'send';
  await workOffAll();
  expect(await countWhere(`outcome = 'done'`)).toBe(MAILS);
});

it('mails that a provider refuses are given up, and sent when an admin has them tried again', async () => {
  provider.mode = 'refuse';
  await writeMails(5);
  await workOffAll();
  expect(await countWhere(`outcome = 'given_up' AND last_error = 'validation_error'`)).toBe(5);
  expect(provider.sent.size).toBe(0);
  provider.mode = 'send';
  const admin = await signIn(shop.url, shop.admin);
  const { rows } = await shop.db.execute<{ id: string }>(
    sql`SELECT id FROM outbox WHERE outcome = 'given_up'`,
  );
  for (const { id } of rows) {
    expect((await admin.ask(`/admin/outbox/${id}/retry`, { method: 'POST' })).status).toBe(200);
  }
  await workOffAll();
  expect(provider.sent.size).toBe(5);
  expect(await countWhere(`outcome = 'done'`)).toBe(5);
});
