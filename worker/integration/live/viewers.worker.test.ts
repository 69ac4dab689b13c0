/** What many see at once: cheap for the database, and never older than it says. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventDetail } from '../../contract/events.ts';
import { appWith, away, dbWith } from '../../testing/apps.ts';
import { hold, pass, settle } from '../../testing/purchases.ts';
import { call, makeEvent, makeShopper, readEvent } from '../../testing/shop.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a thousand viewers', () => {
  it('of one event cost the database one read a second', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId } = await makeEvent();
    let reads = 0;
    const ask = appWith({ stores: { db: dbWith(() => reads++) } });
    const look = () => Promise.all(Array.from({ length: 1_000 }, () => ask(`/events/${eventId}`)));
    expect(new Set((await look()).map(({ status }) => status))).toEqual(new Set([200]));
    expect(reads).toBe(1);
    pass(999);
    await look();
    expect(reads).toBe(1);
    pass(1);
    await look();
    expect(reads).toBe(2);
  });

  it('see nothing that is older than two seconds, also while the database is away', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 2 });
    let isAway = false;
    const ask = appWith({
      stores: { db: dbWith(() => isAway && away()) },
      logging: { log: () => {} },
    });
    const remaining = async () => {
      const answer = await ask(`/events/${eventId}`);
      if (answer.status !== 200) return answer.status;
      return (await answer.json<EventDetail>()).items[0]?.stock.remaining;
    };
    expect(await remaining()).toBe(2);
    await hold(await makeShopper(), eventItemId);
    expect(await remaining()).toBe(2);
    pass(2_000);
    expect(await remaining()).toBe(1);
    isAway = true;
    pass(1_999);
    expect(await remaining()).toBe(1);
    pass(1);
    const answer = await ask(`/events/${eventId}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('1');
    isAway = false;
    expect(await remaining()).toBe(1);
  });

  it('see an event open at its time, however fresh what they saw before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    // Later than all that other tests plan, so that it is on the list's first page.
    const opensAtMs = Date.now() + 300 * 24 * 60 * 60_000;
    const { eventId } = await makeEvent({
      startsAt: new Date(opensAtMs).toISOString(),
      endsAt: new Date(opensAtMs + 60_000).toISOString(),
    });
    const status = async (path: string) => {
      const answer = await call('GET', path);
      const body = await answer.json<EventDetail & { events?: EventDetail[] }>();
      return (body.events?.find(({ id }) => id === eventId) ?? body).status;
    };
    for (const path of [`/events/${eventId}`, '/events?limit=100']) {
      vi.setSystemTime(opensAtMs - 1);
      expect(await status(path)).toBe('locked');
      vi.setSystemTime(opensAtMs);
      expect(await status(path)).toBe('live');
      vi.setSystemTime(opensAtMs + 59_999);
      expect(await status(path)).toBe('live');
      vi.setSystemTime(opensAtMs + 60_000);
      expect(await status(path)).toBe('closed');
    }
  });

  it('do not come between a shopper, an admin or an auditor and the truth', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    await call('GET', `/events/${eventId}`);
    const [shopper, admin] = [await makeShopper(), await makeShopper('admin')];
    const order = await hold(shopper, eventItemId);
    const recount = await call('GET', `/events/${eventId}/integrity`);
    expect(await recount.json()).toMatchObject({ ok: true, items: [{ held: 1, remaining: 0 }] });
    const opened = await call('POST', `/admin/events/${eventId}/open`, { token: admin.token });
    expect(await opened.json()).toMatchObject({ items: [{ stock: { held: 1 } }] });
    await settle(shopper, order, 'confirm');
    const orders = await call('GET', '/profile/orders', { token: shopper.token });
    expect(await orders.json()).toMatchObject({ orders: [{ status: 'confirmed' }] });
    expect((await readEvent(eventId)).items[0]?.stock.sold).toBe(1);
  });
});
