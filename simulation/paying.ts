/** One shopper's way to the provider's page and back. */
import type { OrderId, PaymentId } from '../worker/contract/ids.ts';
import type { PaymentDesk } from './payment-desk.ts';
import type { RunContext } from './run-context.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface Visit {
  /** Pays at that moment; after some thinking unless given. */
  untilMs?: number;
  /** Looks at the page, and does nothing more. */
  walksAway?: boolean;
}

const TRIES_MAX = 6;
const PATIENCE_MS = 12_000;
const AGAIN_MS_MIN = 200;
const AGAIN_MS_MAX = 2_500;
const THINK_MS_MAX = 3_000;
const CARDS_MAX = 3;
const COMES_BACK_SHARE = 0.7;

export async function paysAt(
  desk: PaymentDesk,
  {
    orderId,
    context,
    random,
    visit,
  }: { orderId: OrderId; context: RunContext; random: SeededRandom; visit: Visit },
): Promise<void> {
  const { clock } = context;
  const ask = <T>(asked: Promise<T>): Promise<T | undefined> =>
    Promise.race([asked.catch(() => undefined), clock.sleep(PATIENCE_MS).then(() => undefined)]);
  let id: PaymentId | undefined;
  for (let tries = 0; tries < TRIES_MAX && id === undefined; tries++) {
    id = await ask(desk.begin(orderId));
    if (id === undefined) await clock.sleep(random.int(AGAIN_MS_MIN, AGAIN_MS_MAX));
  }
  if (id === undefined || visit.walksAway) return;
  await clock.sleepUntil(visit.untilMs ?? clock.nowMs + random.int(1, THINK_MS_MAX));
  for (let cards = 0; cards < CARDS_MAX; cards++) {
    if (desk.provider.pay(id) !== 'declined') break;
    await clock.sleep(random.int(AGAIN_MS_MIN, AGAIN_MS_MAX));
  }
  if (!random.happens(COMES_BACK_SHARE)) return;
  await clock.sleep(random.int(1, AGAIN_MS_MAX));
  await ask(desk.look(id));
}
