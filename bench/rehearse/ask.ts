/** Asks for a unit and notes what was answered. Must not decide what is done then. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { afterRefusal } from './after-refusal.ts';
import type { ApiResult, Refusal } from './api-result.ts';
import { increment, type Observations, type ObservedHold } from './observations.ts';
import type { SaleContext, Wish } from './sale-context.ts';
import type { TakenOrder } from './shop-client.ts';
import { CLOCK_MARGIN_MS } from './timing.ts';

/** A person's two thumbs; three would be more than a customer may ask for at once and a second after. */
const PRESSED_AT_ONCE = 2;

export interface Asked {
  /** By the server's clock. */
  askedAtMs: number;
  holds: ObservedHold[];
  refusals: Refused[];
  failure: Failure | null;
}

interface Refused {
  eventItemId: EventItemId;
  refusal: Refusal;
}

/**
 * Presses variants two at a time until one is granted. Of two at once, the limit must refuse the
 * other; a refusal of both leads to the next two.
 */
export async function ask(
  wish: Wish,
  wanted: readonly EventItemId[],
  context: SaleContext,
): Promise<Asked> {
  const askedAtMs = context.serverNow();
  const asked: Asked = { askedAtMs, holds: [], refusals: [], failure: null };
  for (let first = 0; first < wanted.length; first += PRESSED_AT_ONCE) {
    const pressed = wanted.slice(first, first + PRESSED_AT_ONCE);
    const answers = await Promise.all(pressed.map((id) => press(wish, id, context)));
    for (const [place, answer] of answers.entries()) {
      const eventItemId = pressed[place];
      if (eventItemId === undefined) continue;
      if (answer.kind === 'ok') asked.holds.push(noteHold(wish, answer.value, context));
      else if (answer.kind === 'refused')
        asked.refusals.push({ eventItemId, refusal: answer.refusal });
      else asked.failure = answer;
    }
    if (asked.holds.length > 0 || asked.failure) break;
  }
  if (asked.holds.length > 0) noteOthers(asked, wish, context);
  return asked;
}

/** What else was answered to whoever was granted a unit: that one is enough, or what others are told. */
function noteOthers(asked: Asked, { account }: Wish, context: SaleContext): void {
  const { askedAtMs, refusals, failure } = asked;
  const { observations, timing, opensAtMs } = context;
  const moment = { askedAtMs, serverNowMs: context.serverNow(), opensAtMs };
  for (const { refusal } of refusals) {
    if (refusal.code === 'limit_reached') continue;
    const { kind } = afterRefusal(refusal, moment, { timing, random: account.random });
    if (kind === 'unexpected')
      increment(observations.unexpected, `two variants at once: ${refusal.code}`);
  }
  if (failure) noteFailure(failure, observations);
}

/** A purchase under a fresh key: a refusal is the key's answer and would only be replayed. */
async function press(
  wish: Wish,
  eventItemId: EventItemId,
  context: SaleContext,
): Promise<ApiResult<TakenOrder>> {
  const purchase = { account: wish.account, key: context.newKey() };
  // More than two presses of variants at once would be about the limit of requests.
  const clicks = wish.role.doubleClicks && wish.item.length === 1 ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: clicks }, () => context.shop.reserve(purchase, eventItemId)),
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

export function noteHold(
  { index }: { index: number },
  taken: TakenOrder,
  context: Omit<SaleContext, 'shop'>,
): ObservedHold {
  const hold: ObservedHold = {
    shopper: index,
    eventItemId: taken.order.eventItemId,
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

export function noteLapsed(
  hold: ObservedHold,
  { observations, serverNow }: Pick<SaleContext, 'observations' | 'serverNow'>,
): void {
  hold.ending = 'lapsed';
  if (serverNow() < hold.expiresAtMs - CLOCK_MARGIN_MS) {
    increment(observations.unexpected, 'hold_expired before its time');
  }
}

export type Failure = { kind: 'gave_up'; reason: string } | { kind: 'malformed'; detail: string };

export function noteFailure(result: Failure, observations: Observations): void {
  if (result.kind === 'gave_up') increment(observations.gaveUp, result.reason);
  else increment(observations.unexpected, result.detail);
}
