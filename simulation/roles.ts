/** What shoppers do, from the well-behaved to the confused and the greedy. One function per role. */
import type { OrderRecord } from '../worker/sale/rules/attempts.ts';
import type { Chance } from './chance.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import type { Shopper } from './shopper.ts';
import { POISON } from './store-link.ts';

type Role = (shopper: Shopper) => Promise<unknown>;

const CLICKS_MAX = 6;
const RAPID_CLICKS_MAX = 40;
const THINK_MS_MAX = 4_000;
const LATE_MS_MAX = 12_000;
const ROUNDS_MAX = 8;

export function drawRole(chance: Chance): Role {
  return chance.weighted<Role>([
    [20, buys],
    [10, clicksTwice],
    [6, hasManyTabs],
    [8, sendsNoKeys],
    [8, leaves],
    [8, givesBack],
    [10, confirmsAtTheLastMoment],
    [8, confirmsLate],
    [4, triesOthersOrders],
    [5, usesKeysAgain],
    [5, isConfused],
    [5, comesToTheSecond],
    [3, firesRapidly],
    [8, comesBack],
    [1, isIndigestible],
  ]);
}

async function buys(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  await shopper.rest(50, THINK_MS_MAX);
  await shopper.insist(shopper.settle('confirm', order.id));
}

async function clicksTwice(shopper: Shopper): Promise<void> {
  const attempt = shopper.reserve();
  const orders = await Promise.all(clicks(shopper).map(() => shopper.get(attempt)));
  const order = orders.find((found) => found !== undefined);
  if (order === undefined) return;
  await shopper.rest(10, THINK_MS_MAX);
  const confirm = shopper.settle('confirm', order.id);
  await Promise.all(clicks(shopper).map(() => shopper.insist(confirm)));
}

async function hasManyTabs(shopper: Shopper): Promise<void> {
  const item = shopper.chance.int(0, 2);
  const orders = await Promise.all(
    clicks(shopper).map(() => shopper.get(shopper.reserve({ item }))),
  );
  for (const order of orders) if (order) await eitherWay(shopper, order);
}

async function sendsNoKeys(shopper: Shopper): Promise<void> {
  const item = shopper.chance.int(0, 2);
  const attempt = shopper.reserve({ key: null, item });
  const [order] = await Promise.all(clicks(shopper).map(() => shopper.get(attempt)));
  if (order && shopper.chance.happens(0.6)) {
    await shopper.rest(10, THINK_MS_MAX);
    await shopper.insist(shopper.settle('confirm', order.id, null));
  }
  for (let round = 0; round < 3; round++) {
    await shopper.rest(10, THINK_MS_MAX);
    shopper.look();
    await shopper.get(shopper.reserve({ key: null, item }));
  }
}

function leaves(shopper: Shopper): Promise<unknown> {
  return shopper.get();
}

async function givesBack(shopper: Shopper): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const order = await shopper.get();
    if (order === undefined) return;
    await shopper.rest(10, THINK_MS_MAX);
    await shopper.insist(shopper.settle('cancel', order.id));
  }
}

async function confirmsAtTheLastMoment(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  const confirm = shopper.settle('confirm', order.id);
  const answer = await shopper.sendAt(
    () => confirm,
    order.expiresAtMs - shopper.chance.int(-2, 12),
  );
  if (answer === undefined) await shopper.insist(confirm);
}

async function confirmsLate(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  if (shopper.chance.happens(0.3)) await shopper.get();
  const lateMs = shopper.chance.pick([0, 1, 5, 50, shopper.chance.int(1, LATE_MS_MAX)]);
  const confirm = shopper.settle('confirm', order.id);
  const answer = await shopper.sendAt(() => confirm, order.expiresAtMs + lateMs);
  if (answer === undefined) await shopper.insist(confirm);
}

async function triesOthersOrders(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    if (shopper.seen.length > 0) {
      const orderId = shopper.chance.pick(shopper.seen);
      await shopper.send(shopper.settle(shopper.chance.pick(['confirm', 'cancel']), orderId));
    }
    await shopper.rest(100, THINK_MS_MAX);
  }
}

async function usesKeysAgain(shopper: Shopper): Promise<void> {
  const key = shopper.newKey();
  const order = await shopper.get(shopper.reserve({ key, quantity: 1, item: 0 }));
  await shopper.send(shopper.reserve({ key, quantity: 2, item: 0 }));
  await shopper.send(shopper.reserve({ key, quantity: 1, item: 1 }));
  if (order === undefined) return;
  await shopper.send(shopper.settle('confirm', order.id, key));
  await shopper.send(shopper.settle('cancel', order.id, key));
  const second = shopper.newKey();
  await shopper.send(shopper.settle(shopper.chance.pick(['confirm', 'cancel']), order.id, second));
  await shopper.send(shopper.settle(shopper.chance.pick(['confirm', 'cancel']), order.id, second));
  await shopper.send(shopper.reserve({ key: second }));
  const atAnotherPrice = { shownPriceCents: order.unitPriceCents + 1, shownCurrency: 'EUR' };
  const again = shopper.reserve({ key, quantity: 1, item: 0 });
  await shopper.send({ ...again, ...atAnotherPrice });
}

async function isConfused(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const kinds = clicks(shopper).map(() => shopper.chance.pick(['confirm', 'cancel'] as const));
    await Promise.all(kinds.map((kind) => shopper.send(shopper.settle(kind, order.id))));
    await shopper.rest(10, THINK_MS_MAX);
  }
}

/** At the opening or at the end, to the millisecond. */
async function comesToTheSecond(shopper: Shopper): Promise<void> {
  const { world, chance } = shopper;
  const { startsAtMs, endsAtMs, skewed } = world.scenario;
  const offMs = skewed ? SKEW_MS_MAX : 1;
  for (const atMs of [startsAtMs, endsAtMs]) {
    if (atMs < world.clock.nowMs || atMs - world.clock.nowMs > 60_000) continue;
    // With the page of that moment, so that nothing but the time can be in the way.
    const reserve = () => {
      shopper.look();
      return shopper.reserve();
    };
    for (const ms of [-1, 0, 1]) {
      void shopper.sendAt(reserve, atMs + ms * chance.int(1, offMs));
    }
    await shopper.sendAt(reserve, atMs);
  }
}

async function firesRapidly(shopper: Shopper): Promise<void> {
  const { chance } = shopper;
  const same = shopper.reserve();
  const count = chance.int(10, RAPID_CLICKS_MAX);
  const shots = Array.from({ length: count }, async () => {
    await shopper.rest(0, 500);
    return shopper.send(chance.happens(0.5) ? same : shopper.reserve());
  });
  await Promise.all(shots);
}

/** Shops on as long as there is a sale. */
async function comesBack(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const order = await shopper.get();
    if (order) await eitherWay(shopper, order);
    await shopper.rest(200, THINK_MS_MAX);
    shopper.look();
  }
}

async function isIndigestible(shopper: Shopper): Promise<void> {
  await shopper.send(shopper.reserve({ key: POISON }));
  await buys(shopper);
}

async function eitherWay(shopper: Shopper, order: OrderRecord): Promise<void> {
  await shopper.rest(10, THINK_MS_MAX);
  const kind = shopper.chance.weighted([
    [3, 'confirm' as const],
    [3, 'cancel' as const],
    [2, undefined],
  ]);
  if (kind) await shopper.insist(shopper.settle(kind, order.id));
}

/** Somebody clicks more than once: as many as there are clicks. */
function clicks(shopper: Shopper): number[] {
  return Array.from({ length: shopper.chance.int(2, CLICKS_MAX) }, (_, n) => n);
}
