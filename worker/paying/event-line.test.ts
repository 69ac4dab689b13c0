import { describe, expect, it } from 'vitest';
import { makeEventId, makeOrderId, makePaymentId, makeUserId } from '../contract/ids.ts';
import { Fault } from '../platform/faults.ts';
import type { Refusal } from '../sale/rules/attempts.ts';
import { fillRandom } from '../testing/rows.ts';
import { decidedInLine, type EventLine } from './event-line.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const EVENT_ID = makeEventId(fillRandom);
const ATTEMPT = {
  kind: 'confirm_paid',
  orderId: makeOrderId(EVENT_ID, NOW_MS, fillRandom),
  customerId: makeUserId(NOW_MS, fillRandom),
  paymentId: makePaymentId(EVENT_ID, NOW_MS, fillRandom),
} as const;

const refusing = (refusal: Refusal): EventLine => ({
  attempt: () => Promise.resolve({ ok: false, refusal, nowMs: NOW_MS }),
});

describe("an attempt in an event's line", () => {
  it.each<Refusal>([
    { code: 'busy', retryAfterMs: 1_000 },
    { code: 'unavailable', retryAfterMs: 1_000 },
    { code: 'rate_limited', retryAfterMs: 1_000 },
    { code: 'internal' },
  ])(
    'that was answered $code is not decided: nobody gives a payment up for it',
    async (refusal) => {
      const error = await decidedInLine(refusing(refusal), ATTEMPT).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(Fault);
      expect(error).toMatchObject({ retryable: true });
    },
  );

  it.each<Refusal>([{ code: 'hold_expired' }, { code: 'payment_required' }, { code: 'not_found' }])(
    'that was refused by $code is decided',
    async (refusal) => {
      expect(await decidedInLine(refusing(refusal), ATTEMPT)).toMatchObject({ ok: false, refusal });
    },
  );

  it('goes to the event of its order', async () => {
    const asked: string[] = [];
    const line: EventLine = {
      attempt(eventId) {
        asked.push(eventId);
        return refusing({ code: 'not_found' }).attempt(eventId, ATTEMPT);
      },
    };
    await decidedInLine(line, ATTEMPT);
    expect(asked).toEqual([EVENT_ID]);
  });
});
