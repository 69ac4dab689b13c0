/** What shoppers do in sales that are paid online: they pay in time, late, twice, or not at all. */
import type { OrderId } from '../worker/contract/ids.ts';
import { PAY_GRACE_SECONDS } from '../worker/contract/payments.ts';
import { waitsFor } from './queue-behaviours.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Shopper } from './shopper.ts';

type Behaviour = (shopper: Shopper) => Promise<unknown>;

const THINK_MS_MAX = 3_000;
const LATE_MS_MAX = 4_000;
const GRACE_MS = PAY_GRACE_SECONDS * 1_000;
const ROUNDS_MAX = 3;
const PRESSES = 40;
const PRESSING_MS_MAX = 4_000;

/** @returns undefined for those who do as in all sales. */
export function drawPayingBehaviour(random: SeededRandom): Behaviour | undefined {
  return random.weighted<Behaviour | undefined>([
    [4, undefined],
    [10, pays],
    [4, paysAtTheLastMoment],
    [3, paysInTheGrace],
    [3, paysTooLate],
    [4, paysAndCancels],
    [3, paysInTwoTabs],
    [2, beginsAndWalksAway],
    [4, paysAgainAndAgain],
    [2, paysAndPresses],
  ]);
}

/** Buys, or waits where that cannot be. */
async function getsOrder(shopper: Shopper): Promise<OrderId | undefined> {
  const item = shopper.pickItem();
  const answer = await shopper.sendUntilAnswered(shopper.reserve({ item }));
  if (answer?.ok && answer.kind === 'order') return answer.order.id;
  if (!shopper.context.scenario.hasQueue) return undefined;
  shopper.look();
  const entry = await shopper.getEntry(shopper.enter({ item }));
  return entry && waitsFor(shopper, entry.id);
}

async function pays(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  await shopper.rest(50, THINK_MS_MAX);
  await shopper.pay(id);
  if (shopper.random.happens(0.1)) await shopper.send(shopper.settle('confirm', id));
}

async function paysAtTheLastMoment(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  const { expiresAtMs } = shopper.orderOf(id);
  const untilMs = expiresAtMs - shopper.random.int(0, 800);
  await shopper.pay(id, { untilMs });
}

/** Begins in time, and is on the provider's page when the hold ends as it shows. */
async function paysInTheGrace(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  const { expiresAtMs } = shopper.orderOf(id);
  const aroundMs = shopper.random.pick([1, 1_000, GRACE_MS - 300, GRACE_MS, GRACE_MS + 200]);
  await shopper.pay(id, { untilMs: expiresAtMs + aroundMs });
}

async function paysTooLate(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  const { expiresAtMs } = shopper.orderOf(id);
  const lateMs = GRACE_MS + shopper.random.int(1, LATE_MS_MAX);
  await shopper.pay(id, { untilMs: expiresAtMs + lateMs });
}

/** Gives the order up while the payment is on its way, or after it. */
async function paysAndCancels(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  const cancels = async () => {
    await shopper.rest(0, 2 * THINK_MS_MAX);
    await shopper.sendUntilAnswered(shopper.settle('cancel', id));
  };
  await Promise.all([shopper.pay(id), cancels()]);
}

async function paysInTwoTabs(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  await shopper.rest(10, THINK_MS_MAX);
  await Promise.all([shopper.pay(id), shopper.pay(id)]);
}

async function beginsAndWalksAway(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id !== undefined) await shopper.pay(id, { walksAway: true });
}

/** Presses more often than one may while the payment is on its way. */
async function paysAndPresses(shopper: Shopper): Promise<void> {
  const id = await getsOrder(shopper);
  if (id === undefined) return;
  const presses = Array.from({ length: PRESSES }, async () => {
    await shopper.rest(0, PRESSING_MS_MAX);
    return shopper.send(shopper.reserve());
  });
  await Promise.all([shopper.pay(id), ...presses]);
}

async function paysAgainAndAgain(shopper: Shopper): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    shopper.look();
    await pays(shopper);
    await shopper.rest(100, THINK_MS_MAX);
  }
}
