import { runInDurableObject } from 'cloudflare:test';
import { afterEach, expect, it, vi } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { Deps } from '../../deps/deps.ts';
import { sweep } from '../../sweep/sweep.ts';
import {
  call,
  deps,
  HOLD_MS,
  makeEvent,
  makeShopper,
  readIntegrity,
  shopEnv,
} from '../../testing/shop.ts';
import { EVENTS_MAX, sweepOf } from '../../testing/sweeping.ts';

const EXPIRED = { remaining: 10, held: 0, recounted: { held: 0, sold: 0 } };

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString();
}

/** A new object wakes once after the shortest hold, by the runtime's clock: soon, for a slow machine. */
async function loseAlarm({ eventId }: { eventId: EventId }): Promise<void> {
  const sale = shopEnv.SALES.getByName(eventId);
  await runInDurableObject(sale, (_, { storage }) => storage.deleteAlarm());
}

afterEach(() => {
  vi.useRealTimers();
});

it('the sweep expires overdue holds whose alarm was lost, in every event that has some', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const events = [await makeEvent(), await makeEvent()];
  const { token } = await makeShopper();
  for (const { eventItemId } of events) {
    expect((await call('POST', `/purchase/${eventItemId}`, { token })).status).toBe(201);
  }
  for (const event of events) await loseAlarm(event);
  // The clock moves for the code alone.
  vi.setSystemTime(Date.now() + HOLD_MS + 1_000);
  const ids = events.map(({ eventId }) => eventId);
  await sweepOf(...ids);
  for (const eventId of ids) {
    expect((await readIntegrity(eventId)).items[0]?.recounted.held).toBe(1);
  }
  vi.setSystemTime(Date.now() + 5_000);
  await sweepOf(...ids);
  for (const eventId of ids) expect((await readIntegrity(eventId)).items).toMatchObject([EXPIRED]);
});

it('the sweep goes on when one event expires nothing, and says which', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const [bad, good] = [await makeEvent(), await makeEvent()];
  const { token } = await makeShopper();
  for (const { eventItemId } of [bad, good])
    await call('POST', `/purchase/${eventItemId}`, { token });
  for (const event of [bad, good]) await loseAlarm(event);
  vi.setSystemTime(Date.now() + HOLD_MS + 6_000);
  const logged: unknown[] = [];
  const expireDue: Deps['sale']['expireDue'] = async (id) => {
    if (id === bad.eventId) throw new Error('away');
    // Those of other tests are left alone: see sweepOf.
    if (id === good.eventId) await deps.sale.expireDue(id);
  };
  const log: Deps['logging']['log'] = (_level, _message, fields) => logged.push(fields);
  await sweep({ ...deps, sale: { expireDue }, logging: { log } }, EVENTS_MAX);
  expect(logged).toMatchObject([{ eventId: bad.eventId }]);
  expect((await readIntegrity(good.eventId)).items).toMatchObject([EXPIRED]);
});

it('the sweep wakes a sale that opens within a minute and a half, and no other one', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const soon = await makeEvent({ startsAt: inSeconds(85) });
  const others = [
    await makeEvent({ startsAt: inSeconds(95) }),
    await makeEvent({ startsAt: inSeconds(-5) }),
    await makeEvent({ startsAt: inSeconds(85), published: false }),
  ];
  const woken: string[] = [];
  const expireDue = async (id: string) => void woken.push(id);
  const sweeping = { ...deps, sale: { expireDue } };
  await sweep(sweeping, EVENTS_MAX);
  expect(woken).toContain(soon.eventId);
  for (const { eventId } of others) expect(woken).not.toContain(eventId);
  // A minute later it is still ahead; once it is open, its shoppers keep it awake.
  vi.setSystemTime(Date.now() + 60_000);
  await sweep(sweeping, EVENTS_MAX);
  expect(woken.filter((id) => id === soon.eventId)).toHaveLength(2);
  vi.setSystemTime(Date.now() + 60_000);
  await sweep(sweeping, EVENTS_MAX);
  expect(woken.filter((id) => id === soon.eventId)).toHaveLength(2);
});

it('the sweep leaves a sale that it wakes as it was', async () => {
  const { eventId, eventItemId } = await makeEvent({
    startsAt: new Date(Date.now() + 60_000).toISOString(),
  });
  expect(await sweepOf(eventId)).toEqual([eventId]);
  expect((await readIntegrity(eventId)).items).toMatchObject([EXPIRED]);
  const { token } = await makeShopper();
  const early = await call('POST', `/purchase/${eventItemId}`, { token });
  expect(await early.json()).toMatchObject({ code: 'not_open' });
});
