import { describe, expect, it } from 'vitest';
import { makeEventId, makePaymentId, type PaymentId } from '../../contract/ids.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { EventToLookAt } from '../../stores/postgres/payment-events.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';
import { fillRandom } from '../../testing/rows.ts';
import { AHEAD_MS_MAX, ReadAhead, type ReadAheadPorts } from './read-ahead.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const EVENT_ID = makeEventId(fillRandom);
const newPaymentId = () => makePaymentId(EVENT_ID, NOW_MS, fillRandom);

const LEASED = {
  id: 1,
  key: 'a key',
  userId: null,
  priority: 0,
  createdAtMs: NOW_MS,
  dueAtMs: NOW_MS,
  dropAfterMs: null,
  tries: 0,
};
const captureOf = (paymentId: PaymentId): LeasedRow<'payment.capture'> => {
  return { ...LEASED, kind: 'payment.capture', payload: { paymentId } };
};
const lookAt = (providerEventId: string | null): LeasedRow<'payment.look'> => {
  return { ...LEASED, kind: 'payment.look', payload: { paymentId: null, providerEventId } };
};

const found: ReadAheadPorts['read'] = async ({ paymentIds, eventIds }) => ({
  payments: new Map(paymentIds.map((id) => [id, { id } as PaymentWork])),
  events: new Map(eventIds.map((id) => [id, { event: { id } } as EventToLookAt])),
});

function world(read = found) {
  const clock = { nowMs: NOW_MS };
  const asked: { paymentIds: PaymentId[]; eventIds: string[] }[] = [];
  const ahead = new ReadAhead({
    read: (ids) => {
      asked.push(ids);
      return read(ids);
    },
    nowMs: () => clock.nowMs,
  });
  return { ahead, asked, clock };
}

describe('what the rows of a lease are about', () => {
  it('is read for captures and looks in one go', async () => {
    const { ahead, asked } = world();
    const id = newPaymentId();
    const release: LeasedRow = { ...captureOf(newPaymentId()), kind: 'payment.release' };
    await ahead.readFor([captureOf(id), release, lookAt('evt_1'), lookAt(null)]);
    expect(asked).toEqual([{ paymentIds: [id], eventIds: ['evt_1'] }]);
    expect(ahead.paymentOf(captureOf(id))).toEqual({ id });
    expect(ahead.eventOf(lookAt('evt_1'))).toEqual({ event: { id: 'evt_1' } });
    expect(ahead.eventOf(lookAt(null))).toBeUndefined();
  });

  it('is left to a row that is alone', async () => {
    const { ahead, asked } = world();
    const id = newPaymentId();
    await ahead.readFor([captureOf(id)]);
    expect(asked).toEqual([]);
    expect(ahead.paymentOf(captureOf(id))).toBeUndefined();
  });

  it('is not used once it is old, counted from before it was read', async () => {
    const { ahead, clock } = world();
    const ids = [newPaymentId(), newPaymentId()] as const;
    await ahead.readFor(ids.map(captureOf));
    clock.nowMs += AHEAD_MS_MAX;
    expect(ahead.paymentOf(captureOf(ids[0]))).toBeDefined();
    clock.nowMs += 1;
    expect(ahead.paymentOf(captureOf(ids[1]))).toBeUndefined();
  });

  it('is forgotten with the next lease', async () => {
    const { ahead } = world();
    const id = newPaymentId();
    await ahead.readFor([captureOf(id), captureOf(newPaymentId())]);
    await ahead.readFor([]);
    expect(ahead.paymentOf(captureOf(id))).toBeUndefined();
  });

  it('is read by each row where it cannot be read together', async () => {
    const { ahead } = world(() => Promise.reject(new Error('the store is away')));
    const id = newPaymentId();
    await ahead.readFor([captureOf(id), captureOf(newPaymentId())]);
    expect(ahead.paymentOf(captureOf(id))).toBeUndefined();
  });
});
