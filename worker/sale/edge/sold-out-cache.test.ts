import { describe, expect, it } from 'vitest';
import type { EventId, EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import { Admission } from '../object/admission.ts';
import type {
  LedgerAnswer,
  ReserveAttempt,
  Settlement,
  StampedAttempt,
} from '../rules/attempts.ts';
import { VIEW_AGE_MS_MAX } from '../rules/early-refusals.ts';
import { SoldOutCache } from './sold-out-cache.ts';

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

function eventWith(remaining: number, nextReleaseAtMs: number | null = null): Settlement {
  const stock = { total: 10, remaining, held: 10 - remaining, sold: 0 };
  const items = [{ id: eventItemId, ...stock, nextReleaseAtMs }];
  const times = { opensAtMs: 0, closesAtMs: NOW_MS + 3_600_000, published: true, holdSeconds: 10 };
  return { ...times, items, answers: [], unaskedOrders: [] };
}

const granted = { order: {}, replayed: false } as LedgerAnswer;

/** What the object knows of a sale that is sold out, with a holder from before it woke and one since. */
function soldOutAdmission(nextReleaseAtMs: number | null = null): Admission {
  const admission = new Admission();
  const answers = [granted];
  admission.learn({ ...eventWith(0, nextReleaseAtMs), answers }, [attemptOf('since')], NOW_MS);
  admission.learnHolders(['before' as UserId], NOW_MS);
  return admission;
}

describe('the sold-out cache', () => {
  it('says sold out with the counts until the named time, and then asks again', () => {
    const { ask } = filled();
    expect(ask('a')).toMatchObject({
      ok: false,
      refusal: { code: 'sold_out', stock: { total: 10, remaining: 0, held: 10, sold: 0 } },
    });
    expect(ask('b', NOW_MS + VIEW_AGE_MS_MAX - 1)).toBeDefined();
    expect(ask('c', NOW_MS + VIEW_AGE_MS_MAX)).toBeUndefined();
  });

  it('stops at the next release, even if that is sooner', () => {
    const { ask } = filled(NOW_MS + 100);
    expect(ask('a', NOW_MS + 99)).toBeDefined();
    expect(ask('b', NOW_MS + 100)).toBeUndefined();
  });

  it('lets through holders, confirmations and other items', () => {
    const { cache, ask } = filled();
    expect(ask('before')).toBeUndefined();
    expect(ask('since')).toBeUndefined();
    const confirm = { ...attemptOf('a'), kind: 'confirm' as const };
    expect(cache.answer(eventId, confirm, NOW_MS)).toBeUndefined();
    const other = { ...attemptOf('a'), eventItemId: 'evi_000000000000_2' as EventItemId };
    expect(cache.answer(eventId, other, NOW_MS)).toBeUndefined();
  });

  it('lets somebody through again whose answer may have been lost', () => {
    const cache = new SoldOutCache();
    const ask = (customer: string) => cache.answer(eventId, attemptOf(customer), NOW_MS + 10);
    cache.called('a' as UserId);
    const notice = soldOutAdmission().notice(NOW_MS, 0);
    if (notice) cache.set(eventId, notice);
    expect(ask('a')).toBeUndefined();
    cache.answered('a' as UserId, NOW_MS);
    expect(ask('a')).toBeUndefined();
    expect(ask('b')).toBeDefined();
  });
});

/** A cache with a notice, and a way to ask it. */
function filled(nextReleaseAtMs: number | null = null) {
  const notice = soldOutAdmission(nextReleaseAtMs).notice(NOW_MS, 0);
  if (notice === undefined) throw new Error('there is a notice');
  const cache = new SoldOutCache();
  cache.set(eventId, notice);
  return {
    cache,
    ask: (customer: string, nowMs = NOW_MS) => cache.answer(eventId, attemptOf(customer), nowMs),
  };
}
