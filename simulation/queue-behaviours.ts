/** What shoppers do in sales with a queue: they enter, wait, leave, let offers lapse, and enter again. */
import type { OrderId, QueueEntryId } from '../worker/contract/ids.ts';
import type { EntryRecord } from '../worker/sale/rules/attempts.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Shopper } from './shopper.ts';

type Behaviour = (shopper: Shopper) => Promise<unknown>;

const THINK_MS_MAX = 3_000;
const LOOKS_MAX = 20;
const LOOK_MS_MAX = 2_500;
const ROUNDS_MAX = 7;

/** @returns undefined for those who do as in all sales. */
export function drawQueueBehaviour(random: SeededRandom): Behaviour | undefined {
  return random.weighted<Behaviour | undefined>([
    [5, undefined],
    [8, waitsAndBuys],
    [4, waitsAndLapses],
    [3, waitsAndLeaves],
    [3, entersAgainAndAgain],
    [3, waitsForAll],
    [2, pressesWhileWaiting],
    [2, leavesForOthers],
    [2, givesUnitsBack],
  ]);
}

/** Enters, and does nothing more. */
export async function joinsTheCrowd(shopper: Shopper): Promise<void> {
  await shopper.sendUntilAnswered(shopper.enter({ item: 0, quantity: 1, minQuantity: 1 }));
}

/** Buys, or waits where that cannot be. */
async function reservesOrEnters(shopper: Shopper): Promise<EntryRecord | undefined> {
  const item = shopper.pickItem();
  const answer = await shopper.sendUntilAnswered(shopper.reserve({ item }));
  if (answer?.ok && answer.kind === 'order') {
    await settles(shopper, answer.order.id);
    return undefined;
  }
  shopper.look();
  return shopper.getEntry(shopper.enter({ item }));
}

async function waitsAndBuys(shopper: Shopper): Promise<void> {
  const entry = await reservesOrEnters(shopper);
  const orderId = entry && (await waitsFor(shopper, entry.id));
  if (orderId === undefined) return;
  await shopper.rest(50, THINK_MS_MAX);
  await shopper.sendUntilAnswered(shopper.settle('confirm', orderId));
}

async function waitsAndLapses(shopper: Shopper): Promise<void> {
  const entry = await reservesOrEnters(shopper);
  const orderId = entry && (await waitsFor(shopper, entry.id));
  const order = orderId && shopper.context.store.latest.orders.get(orderId);
  if (!order || shopper.random.happens(0.6)) return;
  const lateMs = shopper.random.pick([-2, 0, 1, 20, shopper.random.int(1, THINK_MS_MAX)]);
  const confirm = shopper.settle('confirm', order.id);
  const answer = await shopper.sendAt(() => confirm, order.expiresAtMs + lateMs);
  if (answer === undefined) await shopper.sendUntilAnswered(confirm);
}

/** Sometimes at the very moment of the offer, or after it. */
async function waitsAndLeaves(shopper: Shopper): Promise<void> {
  const entry = await reservesOrEnters(shopper);
  if (entry === undefined) return;
  if (shopper.random.happens(0.5)) await waitsFor(shopper, entry.id);
  else await shopper.rest(1, THINK_MS_MAX);
  if (shopper.random.happens(0.2)) {
    const { orderId } = shopper.context.store.latest.queue.entries.get(entry.id) ?? {};
    if (orderId) await shopper.sendUntilAnswered(shopper.settle('confirm', orderId));
  }
  await shopper.sendUntilAnswered(shopper.leave(entry.id));
  if (shopper.random.happens(0.3)) await shopper.send(shopper.leave(entry.id));
}

/** More often than one may. */
async function entersAgainAndAgain(shopper: Shopper): Promise<void> {
  const item = shopper.pickItem();
  for (let round = 0; round < ROUNDS_MAX; round++) {
    shopper.look();
    const entry = await shopper.getEntry(shopper.enter({ item }));
    await shopper.rest(10, THINK_MS_MAX);
    if (entry === undefined) continue;
    if (shopper.random.happens(0.3)) await shopper.getEntry(shopper.enter({ item }));
    if (shopper.random.happens(0.8)) await shopper.sendUntilAnswered(shopper.leave(entry.id));
  }
}

/** For all sizes of an item, and sometimes for another item too. */
async function waitsForAll(shopper: Shopper): Promise<void> {
  shopper.look();
  const items = [...new Set([...shopper.pickSizes(), shopper.pickItem()])];
  const entries = await Promise.all(items.map((item) => shopper.getEntry(shopper.enter({ item }))));
  for (const entry of entries) {
    const orderId = entry && (await waitsFor(shopper, entry.id));
    if (orderId) await settles(shopper, orderId);
  }
}

/** Whoever has an offer is given it when they press. */
async function pressesWhileWaiting(shopper: Shopper): Promise<void> {
  const item = shopper.pickItem();
  const entry = await shopper.getEntry(shopper.enter({ item }));
  if (entry === undefined) return;
  for (let look = 0; look < LOOKS_MAX; look++) {
    await shopper.rest(50, LOOK_MS_MAX);
    const key = shopper.random.happens(0.7) ? null : shopper.newKey();
    await shopper.send(shopper.reserve({ item, quantity: 1, key }));
  }
}

async function leavesForOthers(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { entries } = shopper.context.store.latest.queue;
    if (entries.size > 0) {
      await shopper.send(shopper.leave(shopper.random.pick([...entries.keys()])));
    }
    await shopper.rest(100, THINK_MS_MAX);
  }
}

/** Holds many units, and gives them back one hold after another. */
async function givesUnitsBack(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const order = await shopper.get();
    await shopper.rest(300, THINK_MS_MAX);
    if (order) await shopper.sendUntilAnswered(shopper.settle('cancel', order.id));
    shopper.look();
  }
}

/** Looks at the page until it is their turn, as long as they have patience. */
export async function waitsFor(shopper: Shopper, id: QueueEntryId): Promise<OrderId | undefined> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const entry = shopper.context.store.latest.queue.entries.get(id);
    if (entry?.status !== 'waiting') return entry?.orderId ?? undefined;
    await shopper.rest(100, LOOK_MS_MAX);
  }
  return undefined;
}

async function settles(shopper: Shopper, orderId: OrderId): Promise<void> {
  await shopper.rest(10, THINK_MS_MAX);
  const kind = shopper.random.weighted([
    [3, 'confirm' as const],
    [2, 'cancel' as const],
    [2, undefined],
  ]);
  if (kind) await shopper.sendUntilAnswered(shopper.settle(kind, orderId));
}
