import { describe, expect, it } from 'vitest';
import type { EventId, EventItemId, OrderId, PaymentId, UserId } from '../../contract/ids.ts';
import type { Answer, Attempt } from '../rules/attempts.ts';
import { RATE_BURST, RATE_INTERVAL_MS } from '../rules/rate-limiter.ts';
import { createEdgeChecks, EDGE_RATE } from './edge-checks.ts';

const REAL = 'evt_000000000000' as EventId;
const INVENTED = 'evt_000000000001' as EventId;

function attemptOf(customerId: string): Attempt {
  const eventItemId = 'evi_000000000000_1' as EventItemId;
  const who = { customerId: customerId as UserId, sessionEpoch: 0, key: null };
  return { kind: 'reserve', eventItemId, quantity: 1, ...who };
}

function world() {
  const clock = { nowMs: 1_000_000 };
  const passed: EventId[] = [];
  const admit = createEdgeChecks({
    nowMs: () => clock.nowMs,
    isKnown: (id) => (id === REAL ? true : Promise.resolve(false)),
    pass: (id) => {
      passed.push(id);
      return Promise.resolve({ ok: false, refusal: { code: 'closed' }, nowMs: clock.nowMs });
    },
  });
  return { clock, passed, admit };
}

async function codes(asked: Promise<Answer>[]): Promise<string[]> {
  const answers = await Promise.all(asked);
  return answers.map((answer) => (answer.ok ? 'granted' : answer.refusal.code));
}

describe('at the edge', () => {
  it('an attempt on an invented event goes no further', async () => {
    const { passed, admit } = world();
    expect(await codes([admit(INVENTED, attemptOf('a'))])).toEqual(['not_found']);
    expect(passed).toEqual([]);
  });

  it('a flood of one customer goes on at a known rate, and nobody else is held up', async () => {
    const { clock, passed, admit } = world();
    for (let n = 0; n < 200; n++) {
      await admit(n % 2 === 0 ? REAL : INVENTED, attemptOf('a'));
      clock.nowMs += 10;
    }
    const inTwoSeconds = EDGE_RATE.burst + 2_000 / EDGE_RATE.intervalMs;
    expect(passed.length).toBeLessThanOrEqual(inTwoSeconds);
    const after = [attemptOf('a'), attemptOf('a'), attemptOf('b')];
    expect(await codes(after.map((attempt) => admit(REAL, attempt)))).toEqual([
      'closed',
      'rate_limited',
      'closed',
    ]);
  });

  it('what the shop sends by itself goes on at any rate, but not to an invented event', async () => {
    const { passed, admit } = world();
    const orderId = 'ord_000000000000_1' as OrderId;
    const paymentId = 'pay_1' as PaymentId;
    const paid = { kind: 'confirm_paid' as const, orderId, paymentId, customerId: 'a' as UserId };
    for (let n = 0; n < 2 * EDGE_RATE.burst; n++) await admit(REAL, paid);
    expect(passed).toHaveLength(2 * EDGE_RATE.burst);
    expect(await codes([admit(INVENTED, paid), admit(REAL, attemptOf('a'))])).toEqual([
      'not_found',
      'closed',
    ]);
  });

  it('whoever keeps to what the object allows is never held up, also in two sales at once', () => {
    expect(EDGE_RATE.burst).toBeGreaterThanOrEqual(2 * RATE_BURST);
    expect(EDGE_RATE.intervalMs).toBeLessThanOrEqual(RATE_INTERVAL_MS / 2);
  });
});
