import { expect, test, vi } from 'vitest';
import { createOrderUpdates } from '../holds/order-updates.ts';
import { anEntry, anOrder, EVENT_ID, ITEM_ID, instant, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { createPurchases, type PurchasesPorts } from './purchases.ts';

/** On a machine that is busy with something else. */
const SOON = { timeout: 20_000 };

const serverNow = instant(NOON_MS);

function purchasesWith(api = fakeApi()) {
  let keys = 0;
  const deps = {
    api,
    eventId: EVENT_ID,
    userId: 'usr_000000000000000001',
    holds: { learn: () => {} },
    orderUpdates: createOrderUpdates(null),
    nameOf: () => undefined,
    onWake: () => () => {},
    newKey: () => `key-${++keys}`,
    onRefused: vi.fn<PurchasesPorts['onRefused']>(),
    onSettled: vi.fn<PurchasesPorts['onSettled']>(),
    onSessionOver: vi.fn<PurchasesPorts['onSessionOver']>(),
  };
  return { ...deps, purchases: createPurchases(deps) };
}

test('of presses in the very same moment only the first is sent', async () => {
  const { api, purchases } = purchasesWith();
  api.reserve.mockResolvedValue(ok({ order: anOrder(), serverNow }));
  await Promise.all(Array.from({ length: 5 }, () => purchases.buy(ITEM_ID, 1)));
  expect(api.reserve).toHaveBeenCalledTimes(1);

  api.confirm.mockResolvedValue(ok({ order: anOrder({ status: 'confirmed' }), serverNow }));
  const decisions = [purchases.decide(ITEM_ID, 'confirm'), purchases.decide(ITEM_ID, 'cancel')];
  await Promise.all(decisions);
  expect(api.confirm).toHaveBeenCalledTimes(1);
  expect(api.cancel).not.toHaveBeenCalled();
});

test('confirming and giving back each have a key of their own', async () => {
  const { api, purchases } = purchasesWith();
  api.reserve.mockResolvedValue(ok({ order: anOrder(), serverNow }));
  api.confirm.mockResolvedValue(refused({ code: 'no_answer' }));
  api.cancel.mockResolvedValue(ok({ order: anOrder({ status: 'cancelled' }), serverNow }));
  await purchases.buy(ITEM_ID, 1);
  await purchases.decide(ITEM_ID, 'confirm');
  await purchases.decide(ITEM_ID, 'cancel');
  const keys = [
    api.reserve.mock.calls[0]?.[2].key,
    api.confirm.mock.calls[0]?.[1].key,
    api.cancel.mock.calls[0]?.[1].key,
  ];
  expect(new Set(keys).size).toBe(3);
});

test('a hold whose answer got lost is found in the history', async () => {
  const { api, purchases } = purchasesWith();
  api.reserve.mockResolvedValue(refused({ code: 'no_answer' }));
  api.listOrders.mockResolvedValue(ok({ orders: [anEntry()], nextCursor: null, serverNow }));
  await purchases.buy(ITEM_ID, 1);
  await vi.waitFor(() => expect(purchases.current.value[ITEM_ID]?.step).toBe('held'), SOON);
});

test('holds of other events are left alone', async () => {
  const { api, purchases } = purchasesWith();
  const other = anEntry({ eventId: 'evt_000000000009' as typeof EVENT_ID });
  api.listOrders.mockResolvedValue(ok({ orders: [other], nextCursor: null, serverNow }));
  await purchases.resume();
  expect(purchases.current.value).toEqual({});
});

test('the stock is asked for again after each success, and refusals are handed on', async () => {
  const { api, purchases, onSettled, onRefused } = purchasesWith();
  api.reserve.mockResolvedValueOnce(refused({ code: 'sold_out' }));
  await purchases.buy(ITEM_ID, 1);
  expect(onRefused).toHaveBeenCalledWith(ITEM_ID, { code: 'sold_out' });
  expect(onSettled).not.toHaveBeenCalled();
  api.reserve.mockResolvedValueOnce(ok({ order: anOrder(), serverNow }));
  await purchases.buy(ITEM_ID, 1);
  expect(onSettled).toHaveBeenCalledTimes(1);
});
