/** One shopper's way through the sale. Must not know the other shoppers or judge the shop. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { afterRefusal } from './after-refusal.ts';
import { increment, type Observations, type ObservedHold } from './observations.ts';
import type { Role } from './roles.ts';
import type { Account, ApiResult, Refusal, ShopClient, TakenOrder } from './shop-client.ts';
import { ATTEMPTS_MAX, CLOCK_MARGIN_MS, type Timing } from './timing.ts';

export interface Shopper {
  index: number;
  account: Account;
  role: Role;
}

export interface SaleContext {
  shop: Pick<ShopClient, 'reserve' | 'confirm' | 'cancel'>;
  eventItemId: EventItemId;
  opensAtMs: number;
  observations: Observations;
  timing: Timing;
  /** Ms since the epoch by the server's clock. */
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
  newKey: () => string;
}

/** Plays until the shopper is served, is told that nothing can come back, or gives up. */
export async function playShopper(shopper: Shopper, context: SaleContext): Promise<void> {
  const { role } = shopper;
  const firstAtMs = role.earlyMs > 0 ? -role.earlyMs : context.timing.openingSlackMs;
  await sleepUntil(context.opensAtMs + firstAtMs, context);
  let answeredAfterOpening = false;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const asked = await ask(shopper, context);
    const nowMs = context.serverNow();
    if (!answeredAfterOpening && nowMs >= context.opensAtMs) {
      answeredAfterOpening = true;
      context.observations.firstAnswers++;
      context.observations.lastFirstAnswerAtMs = nowMs;
    }
    if (asked.kind === 'ok') {
      if (await finish(shopper, noteHold(shopper, asked.value, context), context)) return;
    } else if (asked.kind === 'refused') {
      if (!(await waitAfter(asked.refusal, shopper, context))) return;
    } else {
      return noteFailure(asked, context.observations);
    }
  }
  increment(context.observations.gaveUp, 'asked too often');
}

/** A purchase under a fresh key: a refusal is the key's answer and would only be replayed. */
async function ask(shopper: Shopper, context: SaleContext): Promise<ApiResult<TakenOrder>> {
  const purchase = { account: shopper.account, key: context.newKey() };
  const clicks = shopper.role.doubleClicks ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: clicks }, () => context.shop.reserve(purchase, context.eventItemId)),
  );
  const held = answers.filter((answer) => answer.kind === 'ok');
  if (new Set(held.map((answer) => answer.value.order.id)).size > 1) context.observations.doubled++;
  if (held[0]) {
    for (const answer of answers) {
      // One click may be told sold out and the other, a moment later, get a unit that came back.
      const fits = answer.kind !== 'refused' || answer.refusal.code === 'sold_out';
      if (!fits) increment(context.observations.unexpected, `double click: ${answer.refusal.code}`);
    }
    return held[0];
  }
  const refused = answers.find((answer) => answer.kind === 'refused');
  if (refused) increment(context.observations.refused, refused.refusal.code);
  return refused ?? answers[0] ?? { kind: 'malformed', detail: 'nothing was asked' };
}

function noteHold(shopper: Shopper, taken: TakenOrder, context: SaleContext): ObservedHold {
  const hold: ObservedHold = {
    shopper: shopper.index,
    orderId: taken.order.id,
    units: taken.order.quantity,
    reservedAtMs: Date.parse(taken.order.reservedAt),
    expiresAtMs: Date.parse(taken.order.expiresAt),
    committedByMs: Date.parse(taken.serverNow),
    toldAtMs: context.serverNow(),
    endAskedAtMs: null,
    ending: 'held',
    endedByMs: null,
  };
  const early = hold.toldAtMs < context.opensAtMs - CLOCK_MARGIN_MS;
  if (early || hold.reservedAtMs < context.opensAtMs) {
    increment(context.observations.unexpected, 'reserved before the opening');
  }
  context.observations.holds.push(hold);
  return hold;
}

/** True if the shopper is done; false if the hold ran out under one who still wants a unit. */
async function finish(
  shopper: Shopper,
  hold: ObservedHold,
  context: SaleContext,
): Promise<boolean> {
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
  hold.ending = 'lapsed';
  if (context.serverNow() < hold.expiresAtMs - CLOCK_MARGIN_MS) {
    increment(context.observations.unexpected, 'hold_expired before its time');
  }
  return ending !== 'keep';
}

/** True once it is time to ask again; false if asking again is no use. */
async function waitAfter(
  refusal: Refusal,
  shopper: Shopper,
  context: SaleContext,
): Promise<boolean> {
  const moment = { serverNowMs: context.serverNow(), opensAtMs: context.opensAtMs };
  const by = { timing: context.timing, random: shopper.account.random };
  const decision = afterRefusal(refusal, moment, by);
  if (decision.kind === 'final') context.observations.toldFinal++;
  if (decision.kind === 'unexpected') increment(context.observations.unexpected, decision.what);
  if (decision.kind !== 'return') return false;
  if (decision.atMs > context.opensAtMs + context.timing.saleMsMax) {
    increment(context.observations.gaveUp, 'the sale took too long');
    return false;
  }
  await sleepUntil(decision.atMs, context);
  return true;
}

function noteFailure(
  result: { kind: 'gave_up'; reason: string } | { kind: 'malformed'; detail: string },
  observations: Observations,
): void {
  if (result.kind === 'gave_up') increment(observations.gaveUp, result.reason);
  else increment(observations.unexpected, result.detail);
}

async function sleepUntil(serverMs: number, context: SaleContext): Promise<void> {
  await context.sleep(Math.max(0, serverMs - context.serverNow()));
}
