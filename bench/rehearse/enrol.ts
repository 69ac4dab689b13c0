/** Sets the stage: accounts, the item, the event, the clocks. Must not buy anything. */
import { type ClockSample, serverOffsetMs } from './clock.ts';
import { inParallel } from './lanes.ts';
import { CLOCK_SAMPLES, ENROL_PARALLEL, type Pace } from './pace.ts';
import { seededRandom } from './random.ts';
import type { Role } from './roles.ts';
import type { Account, OpenedEvent, Said, Shop } from './shop.ts';
import type { Shopper } from './shopper.ts';

/** The rehearsal cannot be played; the message is one line for whoever started it. */
export class CannotPlay extends Error {}

export interface Enrolment {
  seed: number;
  roles: readonly Role[];
  /** Sets this run's accounts apart from those of every other run. */
  runId: string;
  password: string;
  onEnrolled: (count: number) => void;
}

export async function enrol(shop: Shop, enrolment: Enrolment): Promise<Shopper[]> {
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
  shop: Shop,
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
  pace: Pace;
  serverNowMs: number;
}

export async function announceSale(shop: Shop, plan: SalePlan): Promise<OpenedEvent> {
  const { admin, pace } = plan;
  const item = must('make an item', await shop.createItem(admin, plan.name));
  const startsAtMs = Math.ceil(plan.serverNowMs + pace.leadMs);
  // Far past the last moment at which anyone still buys: closing is not what is rehearsed.
  const endsAtMs = startsAtMs + 2 * (pace.saleMsMax + pace.retryMsMax + pace.settleMsMax);
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

export function must<T>(what: string, said: Said<T>): T {
  if (said.kind === 'ok') return said.value;
  if (said.kind === 'gave_up') throw new CannotPlay(`could not ${what}: ${said.reason}`);
  if (said.kind === 'garbled') throw new CannotPlay(`could not ${what}: ${said.detail}`);
  const { code, detail } = said.refusal;
  const why = typeof detail === 'string' ? `${code} (${detail})` : code;
  throw new CannotPlay(`could not ${what}: ${why}`);
}
