/** What a deactivation leaves behind: nothing that is held, whoever looks and whatever runs beside it. */
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { CustomerDetail } from '../../contract/administration.ts';
import type { Deps } from '../../deps/deps.ts';
import { VIEW_AGE_MS_MAX } from '../../sale/rules/early-refusals.ts';
import { releaseHolds } from '../../sweep/release-holds.ts';
import { expectProblem, setActive } from '../../testing/accounts.ts';
import { hold, pass, reserve, settle, stockOf } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeShopper, type Shopper } from '../../testing/shop.ts';
import { sweepOf } from '../../testing/sweeping.ts';

const HOLD_SECONDS = 1_800;
const ROUNDS = 10;

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

afterEach(() => {
  vi.useRealTimers();
});

async function deactivate({ user }: Shopper): Promise<CustomerDetail> {
  const path = `/admin/users/${user.id}/deactivate`;
  const answer = await call('POST', path, { token: admin.token });
  expect(answer.status).toBe(200);
  return answer.json();
}

it('at its answer all that was held in every event is free, and the orders are cancelled', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const events = [
    await makeEvent({ stock: 1, holdSeconds: HOLD_SECONDS }),
    await makeEvent({ stock: 1, holdSeconds: HOLD_SECONDS }),
  ];
  const [holder, other] = [await makeShopper(), await makeShopper()];
  for (const { eventItemId } of events) {
    await hold(holder, eventItemId);
    await expectProblem(await reserve(other, eventItemId), 409, 'sold_out');
  }
  const { orders } = await deactivate(holder);
  expect(orders).toEqual({ pending: 0, confirmed: 0, cancelled: 2, expired: 0 });
  for (const { eventId } of events) {
    expect(await stockOf(eventId)).toMatchObject({ remaining: 1, held: 0 });
  }
  // An edge may go on saying sold out for as long as it may about any unit that comes back.
  pass(VIEW_AGE_MS_MAX + 1);
  for (const { eventId, eventItemId } of events) {
    await settle(other, await hold(other, eventItemId), 'confirm');
    expect(await stockOf(eventId)).toMatchObject({ remaining: 0, held: 0, sold: 1 });
  }
});

it('what was bought stays bought', async () => {
  const { eventId, eventItemId } = await makeEvent();
  const shopper = await makeShopper();
  await settle(shopper, await hold(shopper, eventItemId), 'confirm');
  expect((await deactivate(shopper)).orders).toMatchObject({ confirmed: 1, cancelled: 0 });
  expect(await stockOf(eventId)).toMatchObject({ remaining: 9, held: 0, sold: 1 });
});

it('a purchase or a confirmation beside it is done before it, or not at all', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [one, two] = [await makeEvent(), await makeEvent()];
    const shopper = await makeShopper();
    const order = await hold(shopper, one.eventItemId);
    const [confirmed, , { orders }] = await Promise.all([
      settle(shopper, order, 'confirm'),
      reserve(shopper, two.eventItemId),
      deactivate(shopper),
    ]);
    const sold = confirmed.status === 200 ? 1 : 0;
    expect(await stockOf(one.eventId)).toMatchObject({ remaining: 10 - sold, held: 0, sold });
    expect(await stockOf(two.eventId)).toMatchObject({ remaining: 10, held: 0, sold: 0 });
    expect(orders).toMatchObject({ pending: 0, confirmed: sold });
  }
});

it('a hold that was on its way is ended behind the event’s group, and viewers are notified', async () => {
  const { eventId, eventItemId } = await makeEvent();
  const shopper = await makeShopper();
  await setActive(shopper.user.id, false);
  const asked: string[] = [];
  const expireDue: Deps['sale']['expireDue'] = async (id) => {
    asked.push(id);
    if (id !== eventId || asked.filter((one) => one === id).length > 1)
      return deps.sale.expireDue(id);
    // Granted by a group that had looked at the account while it was active.
    await setActive(shopper.user.id, true);
    await hold(shopper, eventItemId);
    await setActive(shopper.user.id, false);
  };
  await releaseHolds({ ...deps, sale: { expireDue } }, shopper.user.id, [eventId]);
  expect(await stockOf(eventId)).toMatchObject({ remaining: 10, held: 0 });
  expect(asked.filter((id) => id === eventId)).toHaveLength(2);
});

it('the units are free although an event’s object is away', async () => {
  const { eventId, eventItemId } = await makeEvent();
  const shopper = await makeShopper();
  await hold(shopper, eventItemId);
  await setActive(shopper.user.id, false);
  const logged: unknown[] = [];
  const sale = { expireDue: () => Promise.reject(new Error('away')) };
  const log: Deps['logging']['log'] = (_level, _message, fields) =>
    logged.push(fields?.['eventId']);
  await releaseHolds({ ...deps, sale, logging: { log } }, shopper.user.id, []);
  expect(await stockOf(eventId)).toMatchObject({ remaining: 10, held: 0 });
  expect(logged).toContain(eventId);
});

it('the sweep ends what somebody holds who was shut out by hand', async () => {
  const { eventId, eventItemId } = await makeEvent({ holdSeconds: HOLD_SECONDS });
  const shopper = await makeShopper();
  await hold(shopper, eventItemId);
  await setActive(shopper.user.id, false);
  await sweepOf(eventId);
  expect(await stockOf(eventId)).toMatchObject({ remaining: 10, held: 0 });
});
