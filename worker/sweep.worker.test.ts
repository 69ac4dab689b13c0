import { afterEach, expect, it, vi } from 'vitest';
import { sweep } from './sweep.ts';
import { call, deps, makeEvent, makeShopper, readIntegrity } from './testing/shop.ts';

const HOLD_MS = 10_000;
const TIDIED = { remaining: 10, held: 0, recounted: { held: 0, sold: 0 } };

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
  // The clock moves for the code alone, so no alarm of the runtime goes off here.
  vi.setSystemTime(Date.now() + HOLD_MS + 1_000);
  await sweep(deps);
  for (const { eventId } of events) {
    expect((await readIntegrity(eventId)).items[0]?.recounted.held).toBe(1);
  }
  vi.setSystemTime(Date.now() + 5_000);
  await sweep(deps);
  for (const { eventId } of events)
    expect((await readIntegrity(eventId)).items).toMatchObject([TIDIED]);
});

it('the sweep goes on when one event cannot be tidied, and says which', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const [bad, good] = [await makeEvent(), await makeEvent()];
  const { token } = await makeShopper();
  for (const { eventItemId } of [bad, good])
    await call('POST', `/purchase/${eventItemId}`, { token });
  vi.setSystemTime(Date.now() + HOLD_MS + 6_000);
  const logged: unknown[] = [];
  await sweep({
    ...deps,
    tidy: (id) => (id === bad.eventId ? Promise.reject(new Error('away')) : deps.tidy(id)),
    log: (_level, _message, fields) => logged.push(fields),
  });
  expect(logged).toMatchObject([{ eventId: bad.eventId }]);
  expect((await readIntegrity(good.eventId)).items).toMatchObject([TIDIED]);
});
