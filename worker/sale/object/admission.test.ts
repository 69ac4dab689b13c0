import { describe, expect, it } from 'vitest';
import type { EventState } from '../../contract/event-state.ts';
import type { EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import type { LedgerAnswer, ReserveAttempt, StampedAttempt } from '../rules/attempts.ts';
import { RATE_BURST, RATE_INTERVAL_MS } from '../rules/rate-limiter.ts';
import { Picture } from './admission.ts';

const eventItemId = 'evi_000000000000_1' as EventItemId;
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

  it('gives the edge a notice only where it is newer than the one there', () => {
    const picture = soldOutPicture();
    expect(picture.notice(NOW_MS, NOW_MS)).toBeUndefined();
    expect(picture.notice(NOW_MS, NOW_MS - 1)).toBeDefined();
    picture.learn(eventWith(1), NOW_MS + 1);
    expect(picture.notice(NOW_MS + 1, 0)).toBeUndefined();
  });
});
