/** What customers hold when an admin takes an event off the lists, over HTTP. */
import { afterEach, expect, it, vi } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import { makeAdmin } from '../../testing/admin.ts';
import { hold, pass, reserve, settle } from '../../testing/purchases.ts';
import { call, HOLD_MS, makeEvent, makeShopper } from '../../testing/shop.ts';
import { sweepOf } from '../../testing/sweeping.ts';

/** From when on the sweep takes an alarm for lost. */
const OVERDUE_MS = 5_000;

afterEach(() => {
  vi.useRealTimers();
});

/** An event with one hold, taken off the lists. */
async function unpublishedEvent() {
  const { eventId, eventItemId } = await makeEvent({ stock: 4 });
  const admin = await makeAdmin();
  const holder = await makeShopper();
  const held = await hold(holder, eventItemId);
  const unpublish = async () => {
    const answer = await admin.call('POST', `/events/${eventId}/unpublish`);
    expect(answer.status).toBe(200);
  };
  return {
    eventId,
    eventItemId,
    holder,
    held,
    unpublish,
    async stock() {
      const event = await (await admin.call('GET', `/events/${eventId}`)).json<AdminEvent>();
      return event.items[0]?.stock;
    },
    async statusOfHold() {
      const { token } = holder;
      const order = await call('GET', `/profile/orders/${held.id}`, { token });
      return (await order.json<{ status: string }>()).status;
    },
  };
}

it('is confirmed and cancelled, and nobody finds the event to reserve more of it', async () => {
  const { eventItemId, holder, held, unpublish, stock } = await unpublishedEvent();
  const canceller = await makeShopper();
  const cancelled = await hold(canceller, eventItemId);
  await unpublish();
  expect((await reserve(await makeShopper(), eventItemId)).status).toBe(404);
  expect((await settle(holder, held, 'confirm')).status).toBe(200);
  expect((await settle(canceller, cancelled, 'cancel')).status).toBe(200);
  expect((await reserve(await makeShopper(), eventItemId)).status).toBe(404);
  expect(await stock()).toEqual({ total: 4, remaining: 3, held: 0, sold: 1 });
});

it('is given again to whoever repeats the reservation', async () => {
  const { eventItemId, holder, held, unpublish } = await unpublishedEvent();
  await unpublish();
  const repeated = await reserve(holder, eventItemId);
  expect(await repeated.json()).toMatchObject({ order: { id: held.id, status: 'pending' } });
});

it('ends in time, and is then refused as in any closed sale', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { eventId, holder, held, unpublish, stock, statusOfHold } = await unpublishedEvent();
  await unpublish();
  expect(await statusOfHold()).toBe('pending');
  pass(HOLD_MS + OVERDUE_MS);
  await sweepOf(eventId);
  expect(await statusOfHold()).toBe('expired');
  expect(await stock()).toEqual({ total: 4, remaining: 4, held: 0, sold: 0 });
  const late = await settle(holder, held, 'confirm');
  expect(await late.json()).toMatchObject({ code: 'hold_expired' });
});
