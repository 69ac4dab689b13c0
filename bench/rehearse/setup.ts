/** Sets up a sale: accounts, the item, the event, the clock offset. Must not buy anything. */
import { UserError } from '../../local/user-error.ts';
import { type ClockSample, serverOffsetMs } from './clock-offset.ts';
import { inParallel } from './limiter.ts';
import type { Role } from './roles.ts';
import { seededRandom } from './seeded-random.ts';
import type { Account, ApiResult, OpenedEvent, ShopClient } from './shop-client.ts';
import type { Shopper } from './shopper.ts';
import { CLOCK_SAMPLES, ENROL_PARALLEL, type Timing } from './timing.ts';

export interface Enrolment {
  seed: number;
  roles: readonly Role[];
  /** Makes this run's accounts different from those of every other run. */
  runId: string;
  password: string;
  onEnrolled: (count: number) => void;
}

export async function enrol(shop: ShopClient, enrolment: Enrolment): Promise<Shopper[]> {
  const shoppers = enrolment.roles.map((role, index): Shopper => {
    const email = `shopper-${index}.${enrolment.runId}@rehearsal.example`;
    const random = seededRandom(enrolment.seed, index);
    return { index, role, account: { email, password: enrolment.password, token: '', random } };
  });
  let enrolled = 0;
  await inParallel(ENROL_PARALLEL, shoppers.length, async (index) => {
    const shopper = shoppers[index];
    if (!shopper) return;
    must('register a shopper', await shop.register(shopper.account, `Rehearsal ${index}`));
    enrolment.onEnrolled(++enrolled);
  });
  return shoppers;
}

/** @returns what to add to our time to get the server's, in ms. */
export async function measureClock(
  shop: ShopClient,
  account: Account,
  now: () => number,
): Promise<number> {
  const samples: ClockSample[] = [];
  for (let n = 0; n < CLOCK_SAMPLES; n++) {
    const sentAtMs = now();
    const { serverNow } = must("read the server's clock", await shop.serverNow(account));
    samples.push({ sentAtMs, answeredAtMs: now(), serverNowMs: Date.parse(serverNow) });
  }
  return serverOffsetMs(samples);
}

export interface SalePlan {
  admin: Account;
  name: string;
  stock: number;
  holdSeconds: number;
  timing: Timing;
  serverNowMs: number;
}

export async function announceSale(shop: ShopClient, plan: SalePlan): Promise<OpenedEvent> {
  const { admin, timing } = plan;
  const item = must('make an item', await shop.createItem(admin, plan.name));
  const startsAtMs = Math.ceil(plan.serverNowMs + timing.leadMs);
  // Far past the last moment at which anyone still buys: closing is not what is rehearsed.
  const endsAtMs = startsAtMs + 2 * (timing.saleMsMax + timing.retryMsMax + timing.settleMsMax);
  const input = {
    title: plan.name,
    currency: 'EUR',
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(endsAtMs).toISOString(),
    holdSeconds: plan.holdSeconds,
    items: [{ itemId: item.id, priceCents: 1_000, stock: plan.stock, limitPerCustomer: 1 }],
  };
  return must('make an event', await shop.createEvent(admin, input));
}

export function must<T>(what: string, result: ApiResult<T>): T {
  if (result.kind === 'ok') return result.value;
  if (result.kind === 'gave_up') throw new UserError(`could not ${what}: ${result.reason}`);
  if (result.kind === 'malformed') throw new UserError(`could not ${what}: ${result.detail}`);
  const { code, detail } = result.refusal;
  const why = typeof detail === 'string' ? `${code} (${detail})` : code;
  throw new UserError(`could not ${what}: ${why}`);
}
