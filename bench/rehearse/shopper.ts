/** One shopper's way through the sale. Must not know the other shoppers or judge the shop. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { afterRefusal } from './after-refusal.ts';
import { type Asked, ask, noteFailure, noteLapsed } from './ask.ts';
import { increment, type ObservedHold } from './observations.ts';
import { finishByPaying } from './paying.ts';
import type { SaleContext, Shopper, Wish } from './sale-context.ts';
import { shuffledIndexes } from './seeded-random.ts';
import { ATTEMPTS_MAX } from './timing.ts';

/** The shopper wants one unit of each item, in whichever variant. */
export async function playShopper(shopper: Shopper, context: SaleContext): Promise<void> {
  let answeredAfterOpening = false;
  const onAnswer = (): void => {
    const nowMs = context.serverNow();
    if (answeredAfterOpening || nowMs < context.opensAtMs) return;
    answeredAfterOpening = true;
    context.observations.firstAnswers++;
    context.observations.lastFirstAnswerAtMs = nowMs;
  };
  await Promise.all(context.items.map((item) => playItem({ ...shopper, item, onAnswer }, context)));
}

/** Plays until the shopper is served, is told that nothing can come back, or gives up. */
async function playItem(wish: Wish, context: SaleContext): Promise<void> {
  const { role, item, account } = wish;
  // The plain item's shopper draws nothing, so its seed gives the sale that it gave before variants.
  const places = item.length === 1 ? [0] : shuffledIndexes(item.length, account.random);
  let wanted = places.flatMap((place) => item[place]?.eventItemId ?? []);
  const firstAtMs = role.earlyMs > 0 ? -role.earlyMs : context.timing.openingSlackMs;
  await sleepUntil(context.opensAtMs + firstAtMs, context);
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const asked = await ask(wish, wanted, context);
    wish.onAnswer();
    if (asked.holds.length > 0) {
      const finished = await Promise.all(asked.holds.map((hold) => finish(wish, hold, context)));
      if (finished.some(Boolean)) return;
    } else if (asked.failure) {
      return noteFailure(asked.failure, context.observations);
    } else {
      wanted = await waitAfter(asked, wish, context);
      if (wanted.length === 0) return;
    }
  }
  increment(context.observations.gaveUp, 'asked too often');
}

/** True if the shopper is done; false if the hold ran out under one who still wants a unit. */
export async function finish(
  shopper: Shopper,
  hold: ObservedHold,
  context: SaleContext,
): Promise<boolean> {
  const { pay } = context;
  if (pay !== undefined) return finishByPaying(shopper, hold, { ...context, pay });
  const { ending, thinkMs } = shopper.role;
  if (ending === 'leave') {
    hold.ending = 'left';
    return true;
  }
  await context.sleep(thinkMs);
  hold.endAskedAtMs = context.serverNow();
  const act = ending === 'keep' ? context.shop.confirm : context.shop.cancel;
  const wanted = ending === 'keep' ? 'confirmed' : 'cancelled';
  const result = await act({ account: shopper.account, key: context.newKey() }, hold.orderId);
  if (result.kind === 'ok') {
    hold.endedByMs = Date.parse(result.value.serverNow);
    const { id, status } = result.value.order;
    if (status === wanted && id === hold.orderId) hold.ending = wanted;
    else if (status === 'expired' && ending === 'cancel') hold.ending = 'lapsed';
    else increment(context.observations.unexpected, `asked for ${wanted}, answered ${status}`);
    return true;
  }
  if (result.kind !== 'refused') {
    noteFailure(result, context.observations);
    return true;
  }
  increment(context.observations.refused, result.refusal.code);
  if (result.refusal.code !== 'hold_expired') {
    increment(context.observations.unexpected, `asked for ${wanted}: ${result.refusal.code}`);
    return true;
  }
  noteLapsed(hold, context);
  return ending !== 'keep';
}

/** @returns what to ask for, once it is time to ask again; nothing if asking again is no use. */
async function waitAfter(
  { refusals, askedAtMs }: Asked,
  shopper: Shopper,
  context: SaleContext,
): Promise<EventItemId[]> {
  const { observations, opensAtMs, timing } = context;
  const moment = { askedAtMs, serverNowMs: context.serverNow(), opensAtMs };
  const by = { timing, random: shopper.account.random };
  const later: EventItemId[] = [];
  let soonestMs = Number.POSITIVE_INFINITY;
  for (const { eventItemId, refusal } of refusals) {
    const decision = afterRefusal(refusal, moment, by);
    if (decision.kind === 'unexpected') {
      increment(observations.unexpected, decision.what);
      return [];
    }
    if (decision.kind === 'final') continue;
    later.push(eventItemId);
    soonestMs = Math.min(soonestMs, decision.atMs);
  }
  if (later.length === 0) {
    observations.toldFinal++;
    return [];
  }
  if (soonestMs > opensAtMs + timing.saleMsMax) {
    increment(observations.gaveUp, 'the sale took too long');
    return [];
  }
  await sleepUntil(soonestMs, context);
  return later;
}

async function sleepUntil(serverMs: number, context: SaleContext): Promise<void> {
  await context.sleep(Math.max(0, serverMs - context.serverNow()));
}
