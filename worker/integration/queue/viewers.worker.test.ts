/** What the viewers of an event see of its queue. */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PUBLISHED_AFTER_MS } from '../../draw/draw-event.ts';
import { pass, settle } from '../../testing/purchases.ts';
import { enter } from '../../testing/queue.ts';
import { makeShopper, shopEnv } from '../../testing/shop.ts';
import { watch } from '../../testing/viewers.ts';
import { makeDraw, makeWaitlist } from '../../testing/waiting.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a viewer', () => {
  it('sees who waits, and how far the queue was served', async () => {
    const { eventId, eventItemId, holder, order } = await makeWaitlist({ limitPerCustomer: 2 });
    const { last, until } = await watch(eventId);
    const queue = () => last()?.items[0]?.queue;
    await until(() => queue() !== undefined);
    expect(queue()).toEqual({ waiting: 1, waitingUnits: 1, servedRank: 0, offers: 0 });
    await enter(await makeShopper(), eventItemId, { quantity: 2 });
    await until(() => queue()?.waiting === 2);
    expect(queue()).toMatchObject({ waitingUnits: 3, offers: 0 });
    await settle(holder, order, 'cancel');
    await until(() => queue()?.offers === 1);
    expect(queue()).toEqual({ waiting: 1, waitingUnits: 2, servedRank: 1, offers: 1 });
  });

  it('sees when a draw is due, and when it was drawn', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const startsAtMs = Math.ceil(Date.now() / 3_000) * 3_000 + 60_000;
    const startsAt = new Date(startsAtMs).toISOString();
    const { eventId, eventItemId } = await makeDraw({ startsAt });
    const { last, until } = await watch(eventId);
    await until(() => last() !== undefined);
    expect(last()).toMatchObject({ status: 'locked', drawAtMs: startsAtMs });
    await enter(await makeShopper(), eventItemId);
    await until(() => last()?.items[0]?.queue?.waiting === 1);
    pass(startsAtMs + PUBLISHED_AFTER_MS - Date.now());
    expect(await runDurableObjectAlarm(shopEnv.SALES.getByName(eventId))).toBe(true);
    await until(() => last()?.drawAtMs === null);
    await until(() => last()?.items[0]?.queue?.offers === 1);
  });
});
