import { describe, expect, it } from 'vitest';
import type { EventState } from '../../contract/event-state.ts';
import type { EventId, EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import { SoldOutBoard } from '../edge/sold-out-cache.ts';
import type { LedgerAnswer, ReserveAttempt, StampedAttempt } from '../rules/attempts.ts';
import { VIEW_AGE_MS_MAX } from '../rules/early-refusals.ts';
import { RATE_BURST, RATE_INTERVAL_MS } from '../rules/rate-limiter.ts';
import { Picture } from './admission.ts';

const eventItemId = 'evi_000000000000_1' as EventItemId;
const eventId = 'evt_000000000000' as EventId;
const NOW_MS = 1_000_000;

function attemptOf(customer: string): ReserveAttempt & StampedAttempt {
  const fields = {
    eventItemId,
    quantity: 1,
    sessionEpoch: 0,
    key: null,
    orderId: 'ord_1' as OrderId,
  };
  return { kind: 'reserve', customerId: customer as UserId, atMs: NOW_MS, ...fields };
}

function eventWith(remaining: number, nextReleaseAtMs: number | null = null): EventState {
  const stock = { total: 10, remaining, held: 10 - remaining, sold: 0 };
  const items = [{ id: eventItemId, ...stock, nextReleaseAtMs }];
  return { opensAtMs: 0, closesAtMs: NOW_MS + 3_600_000, holdSeconds: 10, items };
}

const granted = { order: {}, replayed: false } as LedgerAnswer;

/** A sale that is sold out, with one holder from before this object and one since. */
function soldOutPicture(nextReleaseAtMs: number | null = null): Picture {
  const picture = new Picture();
  picture.learn(eventWith(0, nextReleaseAtMs), NOW_MS);
  picture.learnAnswer(attemptOf('since'), granted);
  picture.learnHolders(['before' as UserId]);
  return picture;
}

describe('the picture of a sold-out sale', () => {
  it('refuses strangers, and sends to the ledger whoever may have an order', () => {
    const picture = soldOutPicture();
    expect(picture.refuse(attemptOf('stranger'), NOW_MS)).toMatchObject({ code: 'sold_out' });
    for (const holder of ['before', 'since']) {
      expect(picture.refuse(attemptOf(holder), NOW_MS)).toBeUndefined();
    }
  });

  it('refuses nobody before the holders from before this object are known', () => {
    const picture = new Picture();
    picture.learn(eventWith(0), NOW_MS);
    expect(picture.wantsHolders).toBe(true);
    expect(picture.refuse(attemptOf('stranger'), NOW_MS)).toBeUndefined();
    expect(picture.notice(NOW_MS, 0)).toBeUndefined();
    picture.learnHolders([]);
    expect(picture.wantsHolders).toBe(false);
    expect(picture.refuse(attemptOf('stranger'), NOW_MS)).toBeDefined();
  });

  it('does not refuse somebody whose first attempt is still waiting or was never answered', () => {
    const picture = soldOutPicture();
    const first = attemptOf('waiter');
    picture.entered(first);
    picture.entered(first);
    picture.left(first);
    expect(picture.refuse(first, NOW_MS)).toBeUndefined();
    picture.left(first);
    expect(picture.refuse(first, NOW_MS)).toBeDefined();
    picture.doubt(first);
    picture.learn(eventWith(0), NOW_MS + 1);
    expect(picture.refuse(first, NOW_MS + 1)).toBeUndefined();
  });

  it('limits how often one customer may try, whatever is in stock', () => {
    const picture = new Picture();
    const tries = Array.from({ length: RATE_BURST + 1 }, () =>
      picture.refuse(attemptOf('a'), NOW_MS),
    );
    expect(tries.at(-1)).toEqual({ code: 'rate_limited', retryAfterMs: RATE_INTERVAL_MS });
    expect(tries.slice(0, -1).every((refusal) => refusal === undefined)).toBe(true);
  });
});

describe('the board at the edge', () => {
  it('says sold out with the counts until the named time, and then asks again', () => {
    const { ask } = hung();
    expect(ask('a')).toMatchObject({
      ok: false,
      refusal: { code: 'sold_out', stock: { total: 10, remaining: 0, held: 10, sold: 0 } },
    });
    expect(ask('b', NOW_MS + VIEW_AGE_MS_MAX - 1)).toBeDefined();
    expect(ask('c', NOW_MS + VIEW_AGE_MS_MAX)).toBeUndefined();
  });

  it('stops at the next release, even if that is sooner', () => {
    const { ask } = hung(NOW_MS + 100);
    expect(ask('a', NOW_MS + 99)).toBeDefined();
    expect(ask('b', NOW_MS + 100)).toBeUndefined();
  });

  it('lets through holders, confirmations and other items', () => {
    const { board, ask } = hung();
    expect(ask('before')).toBeUndefined();
    expect(ask('since')).toBeUndefined();
    const confirm = { ...attemptOf('a'), kind: 'confirm' as const };
    expect(board.answer(eventId, confirm, NOW_MS)).toBeUndefined();
    const other = { ...attemptOf('a'), eventItemId: 'evi_000000000000_2' as EventItemId };
    expect(board.answer(eventId, other, NOW_MS)).toBeUndefined();
  });

  it('lets somebody through again whose answer may have been lost', () => {
    const board = new SoldOutBoard();
    const ask = (customer: string) => board.answer(eventId, attemptOf(customer), NOW_MS + 10);
    board.called('a' as UserId);
    const notice = soldOutPicture().notice(NOW_MS, 0);
    if (notice) board.hang(eventId, notice);
    expect(ask('a')).toBeUndefined();
    board.answered('a' as UserId, NOW_MS);
    expect(ask('a')).toBeUndefined();
    expect(ask('b')).toBeDefined();
  });

  it('is told only what is news', () => {
    const picture = soldOutPicture();
    expect(picture.notice(NOW_MS, NOW_MS)).toBeUndefined();
    expect(picture.notice(NOW_MS, NOW_MS - 1)).toBeDefined();
    picture.learn(eventWith(1), NOW_MS + 1);
    expect(picture.notice(NOW_MS + 1, 0)).toBeUndefined();
  });
});

/** A board with a notice, and a way to ask it. */
function hung(nextReleaseAtMs: number | null = null) {
  const notice = soldOutPicture(nextReleaseAtMs).notice(NOW_MS, 0);
  if (notice === undefined) throw new Error('there is a notice');
  const board = new SoldOutBoard();
  board.hang(eventId, notice);
  return {
    board,
    ask: (customer: string, nowMs = NOW_MS) => board.answer(eventId, attemptOf(customer), nowMs),
  };
}
