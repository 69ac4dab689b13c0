import { expect, it } from 'vitest';
import { LOCATIONS } from '../../../data-api/environment.ts';
import { Fault } from '../../platform/faults.ts';
import { makeEvent, shopEnv } from '../../testing/shop.ts';
import { wire } from '../../wiring.ts';

const HASHED = { ok: true, value: 'hash' };

/** A namespace that only notes how an object is asked for. */
function noting(asked: unknown[]) {
  return {
    getByName(name: string, options: unknown) {
      asked.push([name, options]);
      return { tidy: async () => {}, fetch: async () => new Response(), run: async () => HASHED };
    },
  } as never;
}

it.each([
  ['near the database', 'weur', { locationHint: 'weur' }],
  ['where the platform likes', '', {}],
])('asks for an event’s objects %s', async (_place, EVENT_LOCATION, options) => {
  const asked: unknown[] = [];
  const namespaces = { SALES: noting(asked), LIVE: noting(asked) };
  const { sale, live } = wire({ ...shopEnv, ...namespaces, EVENT_LOCATION } as never);
  const { eventId } = await makeEvent();
  await sale.expireDue(eventId);
  await live.watch(eventId, new Request('https://shop.example/'));
  expect(asked).toEqual([
    [eventId, options],
    [expect.stringMatching(new RegExp(`^${eventId}/[0-3]$`)), options],
  ]);
});

it.each(LOCATIONS)(
  'hashes no password where the events’ objects live, such as %s',
  async (EVENT_LOCATION) => {
    const asked: [string, { locationHint?: string }][] = [];
    const changes = { HASHERS: noting(asked), EVENT_LOCATION };
    await wire({ ...shopEnv, ...changes } as never).accounts.passwords.hash('correct horse');
    const [[name, { locationHint }] = ['', {}]] = asked;
    expect(name).toMatch(/^hasher-\d+$/);
    expect(LOCATIONS.filter((one) => one !== EVENT_LOCATION)).toContain(locationHint);
  },
);

it('throws a Fault where an object was not reached', async () => {
  const SALES = { getByName: () => ({ tidy: () => Promise.reject(new Error('reset')) }) } as never;
  const { sale } = wire({ ...shopEnv, SALES });
  const { eventId } = await makeEvent();
  await expect(sale.expireDue(eventId)).rejects.toBeInstanceOf(Fault);
});
