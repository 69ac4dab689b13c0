/** One shopper's way through the sale. Must not know the other shoppers or judge the shop. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import { ATTEMPTS_MAX, CLOCK_MARGIN_MS, type Pace } from './pace.ts';
import { afterRefusal } from './patience.ts';
import type { Role } from './roles.ts';
import type { Account, Refusal, Said, Shop, TakenOrder } from './shop.ts';
import { addTo, type Tally, type ToldHold } from './tally.ts';

export interface Shopper {
  index: number;
  account: Account;
  role: Role;
}

export interface Stage {
  shop: Pick<Shop, 'reserve' | 'confirm' | 'cancel'>;
  eventItemId: EventItemId;
  opensAtMs: number;
  tally: Tally;
  pace: Pace;
  /** Ms since the epoch by the server's clock. */
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
  newKey: () => string;
}

/** Plays until the shopper is served, is told that nothing can come back, or gives up. */
export async function playShopper(shopper: Shopper, stage: Stage): Promise<void> {
  const { role } = shopper;
  const firstAtMs = role.earlyMs > 0 ? -role.earlyMs : stage.pace.openingSlackMs;
  await sleepUntil(stage.opensAtMs + firstAtMs, stage);
  let answeredAfterOpening = false;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const asked = await ask(shopper, stage);
    const nowMs = stage.serverNow();
    if (!answeredAfterOpening && nowMs >= stage.opensAtMs) {
      answeredAfterOpening = true;
      stage.tally.firstAnswers++;
      stage.tally.lastFirstAnswerAtMs = nowMs;
    }
    if (asked.kind === 'ok') {
      if (await finish(shopper, noteHold(shopper, asked.value, stage), stage)) return;
    } else if (asked.kind === 'refused') {
      if (!(await waitAfter(asked.refusal, shopper, stage))) return;
    } else {
      return noteFailure(asked, stage.tally);
    }
  }
  addTo(stage.tally.gaveUp, 'asked too often');
}

/** A purchase under a fresh key: a refusal is the key's answer and would only be replayed. */
async function ask(shopper: Shopper, stage: Stage): Promise<Said<TakenOrder>> {
  const purchase = { account: shopper.account, key: stage.newKey() };
  const clicks = shopper.role.doubleClicks ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: clicks }, () => stage.shop.reserve(purchase, stage.eventItemId)),
  );
  const held = answers.filter((answer) => answer.kind === 'ok');
  if (new Set(held.map((answer) => answer.value.order.id)).size > 1) stage.tally.doubled++;
  if (held[0]) {
    for (const answer of answers) {
      // One click may be told sold out and the other, a moment later, get a unit that came back.
      const fits = answer.kind !== 'refused' || answer.refusal.code === 'sold_out';
      if (!fits) addTo(stage.tally.unexpected, `double click: ${answer.refusal.code}`);
    }
    return held[0];
  }
  const refused = answers.find((answer) => answer.kind === 'refused');
  if (refused) addTo(stage.tally.refused, refused.refusal.code);
  return refused ?? answers[0] ?? { kind: 'garbled', detail: 'nothing was asked' };
}

function noteHold(shopper: Shopper, taken: TakenOrder, stage: Stage): ToldHold {
  const hold: ToldHold = {
    shopper: shopper.index,
    orderId: taken.order.id,
    units: taken.order.quantity,
    reservedAtMs: Date.parse(taken.order.reservedAt),
    expiresAtMs: Date.parse(taken.order.expiresAt),
    committedByMs: Date.parse(taken.serverNow),
    toldAtMs: stage.serverNow(),
    endAskedAtMs: null,
    ending: 'held',
    endedByMs: null,
  };
  const early = hold.toldAtMs < stage.opensAtMs - CLOCK_MARGIN_MS;
  if (early || hold.reservedAtMs < stage.opensAtMs) {
    addTo(stage.tally.unexpected, 'reserved before the opening');
  }
  stage.tally.holds.push(hold);
  return hold;
}

/** True if the shopper is done; false if the hold ran out under one who still wants a unit. */
async function finish(shopper: Shopper, hold: ToldHold, stage: Stage): Promise<boolean> {
  const { ending, thinkMs } = shopper.role;
  if (ending === 'leave') {
    hold.ending = 'left';
    return true;
  }
  await stage.sleep(thinkMs);
  hold.endAskedAtMs = stage.serverNow();
  const act = ending === 'keep' ? stage.shop.confirm : stage.shop.cancel;
  const wanted = ending === 'keep' ? 'confirmed' : 'cancelled';
  const said = await act({ account: shopper.account, key: stage.newKey() }, hold.orderId);
  if (said.kind === 'ok') {
    hold.endedByMs = Date.parse(said.value.serverNow);
    const { id, status } = said.value.order;
    if (status === wanted && id === hold.orderId) hold.ending = wanted;
    else if (status === 'expired' && ending === 'cancel') hold.ending = 'lapsed';
    else addTo(stage.tally.unexpected, `asked for ${wanted}, answered ${status}`);
    return true;
  }
  if (said.kind !== 'refused') {
    noteFailure(said, stage.tally);
    return true;
  }
  addTo(stage.tally.refused, said.refusal.code);
  if (said.refusal.code !== 'hold_expired') {
    addTo(stage.tally.unexpected, `asked for ${wanted}: ${said.refusal.code}`);
    return true;
  }
  hold.ending = 'lapsed';
  if (stage.serverNow() < hold.expiresAtMs - CLOCK_MARGIN_MS) {
    addTo(stage.tally.unexpected, 'hold_expired before its time');
  }
  return ending !== 'keep';
}

/** True once it is time to ask again; false if asking again is no use. */
async function waitAfter(refusal: Refusal, shopper: Shopper, stage: Stage): Promise<boolean> {
  const moment = { serverNowMs: stage.serverNow(), opensAtMs: stage.opensAtMs };
  const by = { pace: stage.pace, random: shopper.account.random };
  const decision = afterRefusal(refusal, moment, by);
  if (decision.kind === 'final') stage.tally.toldFinal++;
  if (decision.kind === 'unexpected') addTo(stage.tally.unexpected, decision.what);
  if (decision.kind !== 'return') return false;
  if (decision.atMs > stage.opensAtMs + stage.pace.saleMsMax) {
    addTo(stage.tally.gaveUp, 'the sale took too long');
    return false;
  }
  await sleepUntil(decision.atMs, stage);
  return true;
}

function noteFailure(
  said: { kind: 'gave_up'; reason: string } | { kind: 'garbled'; detail: string },
  tally: Tally,
): void {
  if (said.kind === 'gave_up') addTo(tally.gaveUp, said.reason);
  else addTo(tally.unexpected, said.detail);
}

async function sleepUntil(serverMs: number, stage: Stage): Promise<void> {
  await stage.sleep(Math.max(0, serverMs - stage.serverNow()));
}
