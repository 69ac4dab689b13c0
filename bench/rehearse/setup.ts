/** Sets up a sale: accounts, the item, the event, the clock offset. Must not buy anything. */
import { UserError } from '../../local/user-error.ts';
import { type EventInput } from '../../worker/contract/event-input.ts';
import { LIMITS } from '../../worker/contract/values.ts';
import type { ApiResult } from './api-result.ts';
import { type ClockSample, serverOffsetMs } from './clock-offset.ts';
import { inParallel } from './limiter.ts';
import { LIMIT_PER_CUSTOMER, type OnSale, PRICE_CENTS, type SoldItem, stockOf } from './on-sale.ts';
import { QUEUE_LIMIT, type QueueMode } from './queue-part.ts';
import type { Role } from './roles.ts';
import type { Shopper } from './sale-context.ts';
import { seededRandom } from './seeded-random.ts';
import type { Account, OpenedEvent, ShopClient } from './shop-client.ts';
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
  /** Units of each variant of a second item; none for no such item. */
  variants: readonly number[];
  holdSeconds: number;
  queue: QueueMode | undefined;
  isPaidOnline: boolean;
  timing: Timing;
  serverNowMs: number;
}

/** From the lock of a draw's entries to its opening, as the local beacon has it, and a second. */
const DRAW_LOCK_MS = 6_000;

export interface Sale {
  event: OpenedEvent;
  items: SoldItem[];
}

export async function announceSale(shop: ShopClient, plan: SalePlan): Promise<Sale> {
  const { admin, timing } = plan;
  const lines = await makeItems(shop, plan);
  const isDraw = plan.queue === 'draw';
  const lockMs = isDraw ? DRAW_LOCK_MS : 0;
  const startsAtMs = Math.ceil(plan.serverNowMs + timing.leadMs + lockMs);
  // Far past the last moment at which anyone still buys: closing is not what is rehearsed.
  const endsAtMs = startsAtMs + 2 * (timing.saleMsMax + timing.retryMsMax + timing.settleMsMax);
  const input = {
    title: plan.name,
    currency: 'EUR',
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(endsAtMs).toISOString(),
    holdSeconds: plan.holdSeconds,
    // A shop of an older version knows none of it.
    ...(plan.queue && {
      admission: isDraw ? ('draw' as const) : ('first_come' as const),
      offerSeconds: LIMITS.offerSecondsMin,
    }),
    ...(plan.isPaidOnline && { payment: 'online' as const }),
    items: lines.map(({ line }) => ({
      ...line,
      priceCents: PRICE_CENTS,
      limitPerCustomer: plan.queue ? QUEUE_LIMIT : LIMIT_PER_CUSTOMER,
    })),
  };
  const event = must('make an event', await shop.createEvent(admin, input));
  // Event items come in the order of the plan.
  const ids = event.items.map(({ id }) => id);
  const items = lines.map(({ units }) =>
    units.flatMap((one) => ids.splice(0, 1).map((eventItemId) => ({ ...one, eventItemId }))),
  );
  if (stockOf(items) === plan.stock + sum(plan.variants) && ids.length === 0) {
    return { event, items };
  }
  throw new UserError('the event was not made with what it is to sell');
}

/** The lines of the event's plan, and what each sells. */
async function makeItems(shop: ShopClient, { admin, name, stock, variants }: SalePlan) {
  const plain = must('make an item', await shop.createItem(admin, { name }));
  const lines: PlannedLine[] = [
    { line: { itemId: plain.id, stock }, units: [{ label: null, stock }] },
  ];
  if (variants.length === 0) return lines;
  const sized = {
    name: `${name}, in sizes`,
    variants: variants.map((_, n) => ({ label: `size ${n + 1}` })),
  };
  const item = must('make an item with variants', await shop.createItem(admin, sized));
  const units = item.variants.map(({ label }, n) => ({ label, stock: variants[n] ?? 0 }));
  const sold = item.variants.map(({ id: variantId }, n) => ({
    variantId,
    stock: variants[n] ?? 0,
  }));
  return [...lines, { line: { itemId: item.id, variants: sold }, units }];
}

interface PlannedLine {
  line: Pick<EventInput['items'][number], 'itemId' | 'stock' | 'variants'>;
  units: Omit<OnSale, 'eventItemId'>[];
}

function sum(units: readonly number[]): number {
  return units.reduce((all, some) => all + some, 0);
}

export function must<T>(what: string, result: ApiResult<T>): T {
  if (result.kind === 'ok') return result.value;
  if (result.kind === 'gave_up') throw new UserError(`could not ${what}: ${result.reason}`);
  if (result.kind === 'malformed') throw new UserError(`could not ${what}: ${result.detail}`);
  const { code, detail } = result.refusal;
  const why = typeof detail === 'string' ? `${code} (${detail})` : code;
  throw new UserError(`could not ${what}: ${why}`);
}
