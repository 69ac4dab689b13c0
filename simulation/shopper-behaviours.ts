/** What shoppers do, from plain buying to misuse. One function per behaviour. */
import type { OrderRecord } from '../worker/sale/rules/order-record.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Shopper } from './shopper.ts';
import { POISON } from './store-network.ts';

type Behaviour = (shopper: Shopper) => Promise<unknown>;

const CLICKS_MAX = 6;
const RAPID_CLICKS_MAX = 40;
const THINK_MS_MAX = 4_000;
const LATE_MS_MAX = 12_000;
const ROUNDS_MAX = 8;
const INSISTING_ROUNDS_MAX = 20;
const INSISTING_MS_MAX = 1_500;

export function drawBehaviour(random: SeededRandom): Behaviour {
  return random.weighted<Behaviour>([
    [20, buys],
    [10, clicksTwice],
    [6, reservesInManyTabs],
    [8, reservesWithoutKeys],
    [8, abandonsHold],
    [8, cancels],
    [10, confirmsAtTheLastMoment],
    [8, confirmsLate],
    [4, triesOthersOrders],
    [5, usesKeysAgain],
    [5, confirmsAndCancels],
    [5, ordersAtOpeningAndEnd],
    [3, sendsBursts],
    [8, keepsBuying],
    [1, sendsPoison],
  ]);
}

/**
 * In sales with one limit for each mailbox: some come too late for what another account has meanwhile.
 * @returns undefined for those who do as in all sales.
 */
export function drawMailboxBehaviour(random: SeededRandom): Behaviour | undefined {
  return random.weighted<Behaviour | undefined>([
    [5, undefined],
    [2, confirmsLate],
    [3, insists],
  ]);
}

/** Tries until it gets one. */
async function insists(shopper: Shopper): Promise<void> {
  for (let round = 0; round < INSISTING_ROUNDS_MAX; round++) {
    shopper.look();
    const order = await shopper.get(shopper.reserve({ quantity: 1 }));
    if (order) return void (await shopper.sendUntilAnswered(shopper.settle('confirm', order.id)));
    await shopper.rest(200, INSISTING_MS_MAX);
  }
}

async function buys(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  await shopper.rest(50, THINK_MS_MAX);
  await shopper.sendUntilAnswered(shopper.settle('confirm', order.id));
}

async function clicksTwice(shopper: Shopper): Promise<void> {
  const attempt = shopper.reserve();
  const orders = await Promise.all(clicks(shopper).map(() => shopper.get(attempt)));
  const order = orders.find((found) => found !== undefined);
  if (order === undefined) return;
  await shopper.rest(10, THINK_MS_MAX);
  const confirm = shopper.settle('confirm', order.id);
  await Promise.all(clicks(shopper).map(() => shopper.sendUntilAnswered(confirm)));
}

async function reservesInManyTabs(shopper: Shopper): Promise<void> {
  const item = shopper.random.int(0, 2);
  const orders = await Promise.all(
    clicks(shopper).map(() => shopper.get(shopper.reserve({ item }))),
  );
  for (const order of orders) if (order) await confirmsOrCancels(shopper, order);
}

async function reservesWithoutKeys(shopper: Shopper): Promise<void> {
  const item = shopper.random.int(0, 2);
  const attempt = shopper.reserve({ key: null, item });
  const [order] = await Promise.all(clicks(shopper).map(() => shopper.get(attempt)));
  if (order && shopper.random.happens(0.6)) {
    await shopper.rest(10, THINK_MS_MAX);
    await shopper.sendUntilAnswered(shopper.settle('confirm', order.id, null));
  }
  for (let round = 0; round < 3; round++) {
    await shopper.rest(10, THINK_MS_MAX);
    shopper.look();
    await shopper.get(shopper.reserve({ key: null, item }));
  }
}

function abandonsHold(shopper: Shopper): Promise<unknown> {
  return shopper.get();
}

async function cancels(shopper: Shopper): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const order = await shopper.get();
    if (order === undefined) return;
    await shopper.rest(10, THINK_MS_MAX);
    await shopper.sendUntilAnswered(shopper.settle('cancel', order.id));
  }
}

async function confirmsAtTheLastMoment(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  const confirm = shopper.settle('confirm', order.id);
  const answer = await shopper.sendAt(
    () => confirm,
    order.expiresAtMs - shopper.random.int(-2, 12),
  );
  if (answer === undefined) await shopper.sendUntilAnswered(confirm);
}

async function confirmsLate(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  if (shopper.random.happens(0.3)) await shopper.get();
  const lateMs = shopper.random.pick([0, 1, 5, 50, shopper.random.int(1, LATE_MS_MAX)]);
  const confirm = shopper.settle('confirm', order.id);
  const answer = await shopper.sendAt(() => confirm, order.expiresAtMs + lateMs);
  if (answer === undefined) await shopper.sendUntilAnswered(confirm);
}

async function triesOthersOrders(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    if (shopper.seen.length > 0) {
      const orderId = shopper.random.pick(shopper.seen);
      await shopper.send(shopper.settle(shopper.random.pick(['confirm', 'cancel']), orderId));
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
  await shopper.send(shopper.settle(shopper.random.pick(['confirm', 'cancel']), order.id, second));
  await shopper.send(shopper.settle(shopper.random.pick(['confirm', 'cancel']), order.id, second));
  await shopper.send(shopper.reserve({ key: second }));
  const atAnotherPrice = { shownPriceCents: order.unitPriceCents + 1, shownCurrency: 'EUR' };
  const again = shopper.reserve({ key, quantity: 1, item: 0 });
  await shopper.send({ ...again, ...atAnotherPrice });
}

async function confirmsAndCancels(shopper: Shopper): Promise<void> {
  const order = await shopper.get();
  if (order === undefined) return;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const kinds = clicks(shopper).map(() => shopper.random.pick(['confirm', 'cancel'] as const));
    await Promise.all(kinds.map((kind) => shopper.send(shopper.settle(kind, order.id))));
    await shopper.rest(10, THINK_MS_MAX);
  }
}

/** Reserves within a millisecond of the opening and of the end. */
async function ordersAtOpeningAndEnd(shopper: Shopper): Promise<void> {
  const { context, random } = shopper;
  const { startsAtMs, endsAtMs, skewed } = context.scenario;
  const offMs = skewed ? SKEW_MS_MAX : 1;
  for (const atMs of [startsAtMs, endsAtMs]) {
    if (atMs < context.clock.nowMs || atMs - context.clock.nowMs > 60_000) continue;
    // With the page of that moment, so that nothing but the time can be in the way.
    const reserve = () => {
      shopper.look();
      return shopper.reserve();
    };
    for (const ms of [-1, 0, 1]) {
      void shopper.sendAt(reserve, atMs + ms * random.int(1, offMs));
    }
    await shopper.sendAt(reserve, atMs);
  }
}

async function sendsBursts(shopper: Shopper): Promise<void> {
  const { random } = shopper;
  const same = shopper.reserve();
  const count = random.int(10, RAPID_CLICKS_MAX);
  const shots = Array.from({ length: count }, async () => {
    await shopper.rest(0, 500);
    return shopper.send(random.happens(0.5) ? same : shopper.reserve());
  });
  await Promise.all(shots);
}

/** Buys again and again while the sale goes on. */
async function keepsBuying(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const order = await shopper.get();
    if (order) await confirmsOrCancels(shopper, order);
    await shopper.rest(200, THINK_MS_MAX);
    shopper.look();
  }
}

async function sendsPoison(shopper: Shopper): Promise<void> {
  await shopper.send(shopper.reserve({ key: POISON }));
  await buys(shopper);
}

async function confirmsOrCancels(shopper: Shopper, order: OrderRecord): Promise<void> {
  await shopper.rest(10, THINK_MS_MAX);
  const kind = shopper.random.weighted([
    [3, 'confirm' as const],
    [3, 'cancel' as const],
    [2, undefined],
  ]);
  if (kind) await shopper.sendUntilAnswered(shopper.settle(kind, order.id));
}

/** One entry for each click of somebody who clicks more than once. */
function clicks(shopper: Shopper): number[] {
  return Array.from({ length: shopper.random.int(2, CLICKS_MAX) }, (_, n) => n);
}
