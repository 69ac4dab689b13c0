/** The console's home: what is live and next, and what needs attention. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Home, homeSchema } from '../../contract/home.ts';
import { COUNT_MAX, UNSENT_DAYS } from '../../contract/home-limits.ts';
import { readHome } from '../../stores/postgres/home.ts';
import { appWith } from '../../testing/apps.ts';
import { hold, settle } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';

const { db } = deps.stores;
const DAY_MS = 24 * 60 * 60_000;

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

const attentionAt = async (nowMs = Date.now()) => (await readHome(db, nowMs)).attention;

async function sell() {
  const shopper = await makeShopper();
  const made = await makeEvent();
  const order = await hold(shopper, made.eventItemId);
  expect((await settle(shopper, order, 'confirm')).status).toBe(200);
  const endsAt = new Date(Date.now() + 60_000);
  await db.execute(
    sql`UPDATE events SET ends_at = ${endsAt.toISOString()} WHERE id = ${made.eventId}`,
  );
  // Those that end first are shown: just before it ends, whatever other tests have made ends later.
  return { ...order, eventItemId: made.eventItemId, lastMs: endsAt.getTime() - 1 };
}

const giveUp = (from: number, to: number) =>
  db.execute(sql`
  INSERT INTO outbox (kind, key, payload, created_at, due_at, outcome, ended_at)
  SELECT 'mail.verify_email', 'home ' || n, NULL, now(), now(), 'given_up', now()
    FROM generate_series(${from}::int, ${to}::int) n`);

describe('the home', () => {
  it('answers with all its parts, which admins alone may read', async () => {
    const { eventId, lastMs } = await sell();
    // Of an isolate that has kept nothing.
    const ask = appWith({ platform: { nowMs: () => lastMs } });
    const headers = { Authorization: `Bearer ${admin.token}` };
    const answer = await ask('/admin/home', { headers });
    expect(answer.status).toBe(200);
    const home: Home = homeSchema.parse(await answer.json());
    const live = home.live.events.find(({ id }) => id === eventId);
    expect(live?.stock).toMatchObject({ sold: 1, held: 0 });
    expect(home.attention.legalMissing).toContain('imprint');
    const { token } = await makeShopper();
    expect((await call('GET', '/admin/home', { token })).status).toBe(403);
  });

  it('shows what opens next, also a draft, and nothing that is over', async () => {
    const { eventId } = await makeEvent();
    const opens = (startsAt: string, published: boolean) =>
      db.execute(sql`
      UPDATE events SET starts_at = ${startsAt}, ends_at = ${startsAt}::timestamptz + interval '1 hour',
             published = ${published} WHERE id = ${eventId}`);
    const soonMs = Date.now() + 60_000;
    const soon = new Date(soonMs).toISOString();
    // Just before it, so that nothing of other tests opens sooner.
    const nextOf = async () =>
      (await readHome(db, soonMs - 1)).next.events.find(({ id }) => id === eventId);
    await opens(soon, false);
    expect(await nextOf()).toMatchObject({ published: false, startsAt: soon });
    await opens(soon, true);
    expect(await nextOf()).toMatchObject({ published: true });
    await opens(new Date(Date.now() - DAY_MS).toISOString(), true);
    expect(await nextOf()).toBeUndefined();
  });

  it('names an item of which little is left, and one that is gone while somebody waits', async () => {
    const { eventItemId, lastMs } = await sell();
    const stock = (remaining: number, waiting: number) =>
      db.execute(sql`
      UPDATE event_items SET stock_total = 100, stock_sold = 100 - ${remaining}::int, stock_held = 0,
             stock_remaining = ${remaining}::int, queue_waiting = ${waiting}::int,
             queue_waiting_units = ${waiting}::int WHERE id = ${eventItemId}`);
    const lowOf = async () =>
      (await attentionAt(lastMs)).lowStock.items.find((item) => item.eventItemId === eventItemId);
    await stock(11, 0);
    expect(await lowOf()).toBeUndefined();
    await stock(10, 0);
    expect(await lowOf()).toMatchObject({ remaining: 10, total: 100, waiting: 0 });
    await stock(0, 0);
    expect(await lowOf()).toBeUndefined();
    await stock(0, 3);
    expect(await lowOf()).toMatchObject({ remaining: 0, waiting: 3 });
  });

  it('counts orders that wait too long to be sent, of events with delivery', async () => {
    const { eventId } = await sell();
    const lateMs = Date.now() + (UNSENT_DAYS + 1) * DAY_MS;
    const [before, today] = [await attentionAt(lateMs), await attentionAt()];
    await db.execute(sql`UPDATE events SET needs_address = true WHERE id = ${eventId}`);
    expect((await attentionAt(lateMs)).unsent).toBe(before.unsent + 1);
    expect((await attentionAt()).unsent).toBe(today.unsent);
  });

  it('counts what was given up, and ends where there is more than it tells', async () => {
    const before = await attentionAt();
    await giveUp(1, 2);
    expect((await attentionAt()).givenUp).toBe(before.givenUp + 2);
    await giveUp(3, 2 * COUNT_MAX);
    expect((await attentionAt()).givenUp).toBe(COUNT_MAX + 1);
  });
});
