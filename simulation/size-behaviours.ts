/** What shoppers do in sales with sizes: they try several at once, or one after another. */
import type { OrderRecord } from '../worker/sale/rules/order-record.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Shopper } from './shopper.ts';

type Behaviour = (shopper: Shopper) => Promise<unknown>;

const THINK_MS_MAX = 3_000;
const ROUNDS_MAX = 4;
const LATE_MS_MAX = 2_000;

/** @returns undefined for those who do as in all sales. */
export function drawSizesBehaviour(random: SeededRandom): Behaviour | undefined {
  return random.weighted<Behaviour | undefined>([
    [5, undefined],
    [3, pressesAllSizes],
    [3, triesSizesInTurn],
    [2, pressesWithoutKeys],
    [3, comesBackToTheFirst],
  ]);
}

/** One tab for each size, all at once; keeps what they get, or some of it. */
async function pressesAllSizes(shopper: Shopper): Promise<void> {
  const quantity = shopper.random.happens(0.7) ? 1 : 2;
  const pressed = shopper
    .pickSizes()
    .map((item) => shopper.get(shopper.reserve({ item, quantity })));
  const orders = await Promise.all(pressed);
  await shopper.rest(10, THINK_MS_MAX);
  for (const order of orders) if (order) await ends(shopper, order);
}

async function triesSizesInTurn(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    shopper.look();
    for (const item of shopper.pickSizes()) {
      const order = await shopper.get(shopper.reserve({ item, quantity: 1 }));
      if (order && shopper.random.happens(0.7)) await ends(shopper, order);
    }
    await shopper.rest(50, THINK_MS_MAX);
  }
}

/** A second press without a key is given the hold of that very size. */
async function pressesWithoutKeys(shopper: Shopper): Promise<void> {
  const sizes = shopper.pickSizes();
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const item = shopper.random.pick(sizes);
    const order = await shopper.get(shopper.reserve({ key: null, item, quantity: 1 }));
    if (order && shopper.random.happens(0.3)) await ends(shopper, order);
    await shopper.rest(10, THINK_MS_MAX / ROUNDS_MAX);
  }
}

/** Lets one size go, buys another, and confirms the first after all. */
async function comesBackToTheFirst(shopper: Shopper): Promise<void> {
  const [first, ...others] = shopper.pickSizes();
  const left = await shopper.get(shopper.reserve({ item: first ?? 0, quantity: 1 }));
  if (left === undefined) return;
  const { clock } = shopper.context;
  await clock.sleepUntil(left.expiresAtMs + shopper.random.int(1, LATE_MS_MAX));
  shopper.look();
  for (const item of others) {
    const order = await shopper.get(shopper.reserve({ item, quantity: 1 }));
    if (order && shopper.random.happens(0.6)) await ends(shopper, order);
  }
  await shopper.sendUntilAnswered(shopper.settle('confirm', left.id));
}

async function ends(shopper: Shopper, order: OrderRecord): Promise<void> {
  const kind = shopper.random.weighted([
    [4, 'confirm' as const],
    [2, 'cancel' as const],
    [1, undefined],
  ]);
  if (kind) await shopper.sendUntilAnswered(shopper.settle(kind, order.id));
}
