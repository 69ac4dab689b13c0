/** One shopper's way through a sale with a queue. Must not know the other shoppers or judge the shop. */
import type { EventItemId, OrderId, QueueEntryId } from '../../worker/contract/ids.ts';
import type { ApiResult } from './api-result.ts';
import { noteFailure, noteHold } from './ask.ts';
import { increment, type ObservedHold } from './observations.ts';
import { drawPart, type Part, type QueueMode } from './queue-part.ts';
import type { SaleContext, Shopper } from './sale-context.ts';
import { between, type Random } from './seeded-random.ts';
import type { ShopClient, ToldEntry } from './shop-client.ts';
import { finish } from './shopper.ts';

const PRESSES_MAX = 8;
/** Between two looks at one's entry, or two presses: below what one customer may ask. */
const LOOK_MS = { min: 700, max: 1_300 };
/** Entries that are to come before a draw's lock are sent so long before it. */
const LOCK_MARGIN_MS = 1_000;
const LATE_MS_MAX = 1_000;
const QUIT_MS_MAX = 4_000;
const ATTEMPTS_MAX = 20;

type Shop = Pick<
  ShopClient,
  'reserve' | 'confirm' | 'cancel' | 'enter' | 'entry' | 'leaveQueue' | 'newestOrders'
>;

export interface QueueContext extends SaleContext {
  shop: Shop;
  mode: QueueMode;
  eventItemId: EventItemId;
  /** When a draw's entries are locked, by the server's clock. */
  locksAtMs: number;
  /** What each entry's customer was told of it last. */
  entries: Map<QueueEntryId, ToldEntry>;
}

export async function playQueueShopper(shopper: Shopper, context: QueueContext): Promise<void> {
  const part = drawPart(shopper);
  if (part.kind === 'press') return press(shopper, context);
  const entry =
    context.mode === 'draw'
      ? await enterDraw(shopper, part, context)
      : await buyOrEnter(shopper, part, context);
  if (entry === undefined) return;
  if (part.quits) {
    await context.sleep(between(shopper.account.random, 0, QUIT_MS_MAX));
    await leave(shopper, { id: entry.id }, context);
  } else {
    await waitForTurn(shopper, entry.id, context);
  }
}

async function enterDraw(
  shopper: Shopper,
  part: Part,
  context: QueueContext,
): Promise<ToldEntry | undefined> {
  const { locksAtMs, opensAtMs, serverNow } = context;
  const { random } = shopper.account;
  const atMs =
    part.kind === 'enter late'
      ? between(random, locksAtMs, opensAtMs + LATE_MS_MAX)
      : between(random, serverNow(), locksAtMs - LOCK_MARGIN_MS);
  await sleepUntil(atMs, context);
  return enterOrBuy(shopper, part, context);
}

/** Asks for a unit at the opening, or once others have, and enters where there is none. */
async function buyOrEnter(
  shopper: Shopper,
  part: Part,
  context: QueueContext,
): Promise<ToldEntry | undefined> {
  const lateMs = part.kind === 'enter late' ? between(shopper.account.random, 0, LATE_MS_MAX) : 0;
  await sleepUntil(context.opensAtMs + context.timing.openingSlackMs + lateMs, context);
  const isServed = await buy(shopper, context);
  return isServed ? undefined : enterOrBuy(shopper, part, context);
}

/** Until the one or the other is done: a unit may come back in the moment in which one enters. */
async function enterOrBuy(
  shopper: Shopper,
  part: Part,
  context: QueueContext,
): Promise<ToldEntry | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const entered = await enter(shopper, part, context);
    if (entered !== 'stock_available') return entered;
    if (await buy(shopper, context)) return undefined;
    await lookLater(shopper.account.random, context);
  }
  increment(context.observations.gaveUp, 'neither units nor a place');
  return undefined;
}

async function enter(
  { account }: Shopper,
  { wish, entersTwice }: Part,
  context: QueueContext,
): Promise<ToldEntry | 'stock_available' | undefined> {
  const { shop, eventItemId, observations, entries } = context;
  const answers = await Promise.all(
    Array.from({ length: entersTwice ? 2 : 1 }, () => shop.enter(account, eventItemId, wish)),
  );
  const told = answers.flatMap((answer) => (answer.kind === 'ok' ? [answer.value.entry] : []));
  if (new Set(told.map(({ id }) => id)).size > 1) {
    increment(observations.unexpected, 'one customer was given two places');
  }
  const [entry] = told;
  if (entry !== undefined) {
    entries.set(entry.id, entry);
    return entry;
  }
  const [answer] = answers;
  if (answer?.kind === 'refused') {
    const { code } = answer.refusal;
    increment(observations.refused, code);
    if (code === 'stock_available') return code;
    increment(observations.unexpected, `entering: ${code}`);
  } else if (answer !== undefined && answer.kind !== 'ok') noteFailure(answer, observations);
  return undefined;
}

/** @returns whether there is nothing left to do. */
async function buy(shopper: Shopper, context: QueueContext): Promise<boolean> {
  const { shop, eventItemId, observations } = context;
  const { account } = shopper;
  const answer = await shop.reserve({ account, key: context.newKey() }, eventItemId);
  if (answer.kind === 'ok') {
    await finish(shopper, noteHold(shopper, answer.value, context), context);
    return true;
  }
  if (answer.kind !== 'refused') {
    noteFailure(answer, observations);
    return true;
  }
  const { code } = answer.refusal;
  increment(observations.refused, code);
  const isExpected = code === 'sold_out' || code === 'queue_ahead';
  if (!isExpected) increment(observations.unexpected, `buying: ${code}`);
  return !isExpected;
}

/** Does not wait in the queue, and asks for a unit again and again. */
async function press(shopper: Shopper, context: QueueContext): Promise<void> {
  await sleepUntil(context.opensAtMs + context.timing.openingSlackMs, context);
  for (let times = 0; times < PRESSES_MAX; times++) {
    await lookLater(shopper.account.random, context);
    if (await buy(shopper, context)) return;
  }
}

/** Until it is their turn, or nothing can come back. */
async function waitForTurn(
  shopper: Shopper,
  id: QueueEntryId,
  context: QueueContext,
): Promise<void> {
  const { account } = shopper;
  const { shop, observations, opensAtMs, timing, entries } = context;
  await sleepUntil(opensAtMs, context);
  while (context.serverNow() < opensAtMs + timing.saleMsMax) {
    await lookLater(account.random, context);
    const entry = valueOf(await shop.entry(account, id), context)?.entry;
    if (entry === undefined) return;
    entries.set(id, entry);
    if (entry.status === 'offered' && entry.orderId !== null) {
      return takeOffer(shopper, { id, orderId: entry.orderId }, context);
    }
    if (entry.status !== 'waiting') {
      return increment(observations.unexpected, `an entry was ${entry.status}`);
    }
    if (entry.outlook === 'impossible') {
      observations.toldFinal++;
      return;
    }
  }
  increment(observations.gaveUp, 'the sale took too long');
}

/** Bought, given back in one of two ways, or walked away from: only of a draw, since that takes its time. */
async function takeOffer(
  shopper: Shopper,
  offer: { id: QueueEntryId; orderId: OrderId },
  context: QueueContext,
): Promise<void> {
  const { account, role } = shopper;
  const own = valueOf(await context.shop.newestOrders(account), context);
  const order = own?.orders.find(({ id }) => id === offer.orderId);
  if (own === undefined || order === undefined) {
    return increment(context.observations.unexpected, 'an offer that is none of one’s orders');
  }
  const hold = noteHold(shopper, { order, serverNow: own.serverNow }, context);
  const leaves = role.ending === 'cancel' ? account.random() < 1 / 2 : role.ending === 'leave';
  if (leaves && (role.ending === 'cancel' || context.mode === 'waitlist')) {
    await context.sleep(role.thinkMs);
    return leave(shopper, { id: offer.id, hold }, context);
  }
  await finish(shopper, hold, context);
}

/** @param place.hold what is given back, where it was their turn. */
async function leave(
  { account }: Shopper,
  { id, hold }: { id: QueueEntryId; hold?: ObservedHold },
  context: QueueContext,
): Promise<void> {
  if (hold) hold.endAskedAtMs = context.serverNow();
  const left = valueOf(await context.shop.leaveQueue(account, id), context);
  if (left === undefined) return;
  context.entries.set(id, left.entry);
  if (hold) {
    hold.ending = 'cancelled';
    hold.endedByMs = Date.parse(left.serverNow);
  }
}

function valueOf<T>(result: ApiResult<T>, { observations }: QueueContext): T | undefined {
  if (result.kind === 'ok') return result.value;
  if (result.kind === 'refused') {
    increment(observations.unexpected, `in the queue: ${result.refusal.code}`);
  } else noteFailure(result, observations);
  return undefined;
}

function lookLater(random: Random, context: QueueContext): Promise<void> {
  return context.sleep(between(random, LOOK_MS.min, LOOK_MS.max));
}

async function sleepUntil(serverMs: number, context: QueueContext): Promise<void> {
  await context.sleep(Math.max(0, serverMs - context.serverNow()));
}
