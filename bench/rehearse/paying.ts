/** What becomes of one hold that has to be paid online. Must not know the other shoppers or judge the shop. */
import type { OrderPayment } from '../../worker/contract/payments.ts';
import type { ApiResult } from './api-result.ts';
import { noteFailure, noteLapsed } from './ask.ts';
import { increment, type ObservedHold } from './observations.ts';
import type { PayPart } from './pay-part.ts';
import { CARDS, type Submitted } from './payment-page.ts';
import type { Paying, SaleContext, Shopper } from './sale-context.ts';
import type { TakenOrder } from './shop-client.ts';

/** The shop keeps a hold that somebody pays for 15 seconds beyond its end. */
const WITHIN_GRACE_MS = 4_000;
const BEYOND_GRACE_MS = 17_000;

type PayContext = SaleContext & { pay: Paying };

interface At {
  shopper: Shopper;
  hold: ObservedHold;
  context: PayContext;
  page: Page;
}

interface Page {
  id: string;
  /** Null where the shop already knows that it was paid. */
  url: string | null;
}

const NO_PAGE: Page = { id: '', url: null };

/** True if the shopper is done; false if the hold ran out under one who still wants a unit. */
export async function finishByPaying(
  shopper: Shopper,
  hold: ObservedHold,
  context: PayContext,
): Promise<boolean> {
  const part = context.pay.parts[shopper.index] ?? 'pay';
  await context.sleep(shopper.role.thinkMs);
  const page = await openPage(shopper, hold, context);
  if (page === 'failed') return true;
  if (page === 'lapsed') {
    // It may have ended while the page was made, and is kept some seconds then.
    await sleepUntil(hold.expiresAtMs + BEYOND_GRACE_MS, context);
    return shopper.role.ending !== 'keep';
  }
  const at: At = { shopper, hold, context, page };
  await PLAY[part](at);
  if (part === 'abandon') {
    hold.ending = 'left';
    increment(context.observations.paying, `${part}: left`);
    return true;
  }
  return outcome(at, part);
}

const PLAY: Readonly<Record<PayPart, (at: At) => Promise<void>>> = {
  async abandon() {},
  async pay(at) {
    await submit(at, { card: CARDS.good });
  },
  async no_return(at) {
    await submit(at, { card: CARDS.good, fault: 'no_return' });
  },
  async authenticate(at) {
    await submit(at, { card: CARDS.authenticated });
    await submit(at, { authentication: 'confirmed' });
  },
  async decline(at) {
    await submit(at, { card: CARDS.declined });
    const again = await openPage(at.shopper, at.hold, at.context);
    if (typeof again === 'string') return;
    if (again.id !== at.page.id) {
      increment(at.context.observations.unexpected, 'another payment after a decline');
    }
    await submit({ ...at, page: again }, { card: CARDS.good });
  },
  async two_pages(at) {
    const again = await openPage(at.shopper, at.hold, at.context);
    const pages = typeof again === 'string' ? [at.page] : [at.page, again];
    await Promise.all(pages.map((page) => submit({ ...at, page }, { card: CARDS.good })));
  },
  async late(at) {
    await sleepUntil(at.hold.expiresAtMs + WITHIN_GRACE_MS, at.context);
    await submit(at, { card: CARDS.good });
  },
  async very_late(at) {
    await sleepUntil(at.hold.expiresAtMs + BEYOND_GRACE_MS, at.context);
    await submit(at, { card: CARDS.good });
  },
  async race(at) {
    await Promise.all([giveBack(at), submit(at, { card: CARDS.good })]);
  },
  async cancel(at) {
    await giveBack(at);
    await submit(at, { card: CARDS.good });
  },
};

async function openPage(
  { account }: Shopper,
  hold: ObservedHold,
  context: PayContext,
): Promise<Page | 'failed' | 'lapsed'> {
  const { observations } = context;
  const began = await context.pay.shop.pay({ account, key: context.newKey() }, hold.orderId);
  if (began.kind === 'ok') {
    const { id, redirectUrl } = began.value.payment;
    return { id, url: redirectUrl };
  }
  if (began.kind !== 'refused') {
    noteFailure(began, observations);
    return 'failed';
  }
  const { code } = began.refusal;
  increment(observations.refused, code);
  if (code === 'hold_expired') {
    noteLapsed(hold, context);
    return 'lapsed';
  }
  // The other window, or the webhook, was faster.
  if (code === 'order_confirmed') return NO_PAGE;
  increment(observations.unexpected, `asked for a page to pay on: ${code}`);
  return 'failed';
}

async function submit({ page, hold, context }: At, fields: Record<string, string>): Promise<void> {
  if (page.url === null) return;
  const { paying, gaveUp } = context.observations;
  const submitted: Submitted = await context.pay.submit(page.url, fields);
  if (submitted === 'away') increment(gaveUp, 'the page to pay on');
  else increment(paying, submitted === 'answered' ? 'answered by the page' : submitted);
  if (submitted === 'paid') hold.paidAtMs ??= context.serverNow();
}

async function giveBack({ shopper, hold, context }: At): Promise<void> {
  const { observations } = context;
  hold.endAskedAtMs = context.serverNow();
  const ask = { account: shopper.account, key: context.newKey() };
  const result = await context.shop.cancel(ask, hold.orderId);
  if (result.kind === 'ok') return;
  if (result.kind !== 'refused') return noteFailure(result, observations);
  const { code } = result.refusal;
  increment(observations.refused, code);
  if (code !== 'order_confirmed') {
    increment(observations.unexpected, `asked for cancelled while paying: ${code}`);
  }
}

/** Looks until the shop says what became of it; whoever comes back has the shop ask the provider. */
async function outcome({ shopper, hold, context }: At, part: PayPart): Promise<boolean> {
  const { observations, timing } = context;
  const untilMs = context.serverNow() + timing.payOutcomeMsMax;
  for (;;) {
    const told = await look(shopper, hold, { pay: context.pay, returns: part !== 'no_return' });
    if (told.kind === 'refused') {
      increment(observations.unexpected, `looked at a payment: ${told.refusal.code}`);
      return true;
    }
    if (told.kind !== 'ok') {
      noteFailure(told, observations);
      return true;
    }
    const ending = endingOf(told.value.order);
    if (ending !== undefined) {
      hold.ending = ending;
      if (ending !== 'lapsed') hold.endedByMs = Date.parse(told.value.serverNow);
      increment(observations.paying, `${part}: ${ending}`);
      if (ending === 'confirmed' && hold.paidAtMs !== undefined) {
        observations.paidToConfirmedMs.push(context.serverNow() - hold.paidAtMs);
      }
      if (ending === 'lapsed' && (hold.paidAtMs ?? Infinity) < hold.expiresAtMs) {
        increment(observations.paying, 'paid before the hold ended, and given back');
      }
      return ending !== 'lapsed' || shopper.role.ending !== 'keep';
    }
    if (context.serverNow() > untilMs) {
      increment(observations.gaveUp, 'what became of a payment');
      return true;
    }
    await context.sleep(timing.payLookMs);
  }
}

async function look(
  { account }: Shopper,
  { orderId }: ObservedHold,
  { pay, returns }: { pay: Paying; returns: boolean },
): Promise<ApiResult<TakenOrder>> {
  if (returns) return pay.shop.lookAtPayment(account, orderId);
  const own = await pay.shop.newestOrders(account);
  if (own.kind !== 'ok') return own;
  const order = own.value.orders.find(({ id }) => id === orderId);
  if (order === undefined) {
    return { kind: 'malformed', detail: 'the history lacks an order that is being paid' };
  }
  return { kind: 'ok', value: { order, serverNow: own.value.serverNow } };
}

/** Undefined while something may still become of it. */
function endingOf({ status, payment }: TakenOrder['order']): ObservedHold['ending'] | undefined {
  if (status === 'confirmed') return 'confirmed';
  if (status === 'pending' || !isOver(payment)) return undefined;
  return status === 'cancelled' ? 'cancelled' : 'lapsed';
}

function isOver(payment: OrderPayment | null | undefined): boolean {
  const status = payment?.status;
  return status !== 'open' && status !== 'authorised' && status !== 'captured';
}

async function sleepUntil(serverMs: number, context: SaleContext): Promise<void> {
  await context.sleep(Math.max(0, serverMs - context.serverNow()));
}
