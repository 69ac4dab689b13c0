import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { type Begun, paymentWorld, TOTAL_MINOR } from '../../../local/testing/payment-world.ts';
import type { DisputeState } from '../../contract/disputes.ts';
import type { Dispute } from '../../payment/provider.ts';
import { readPaymentAttention } from './payment-attention.ts';
import {
  readDisputeState,
  readDisputes,
  readKnownDisputes,
  writeDisputes,
} from './payment-disputes.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const DAY_MS = 86_400_000;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);
afterAll(() => database?.close());

async function paid(): Promise<Begun> {
  return (await paymentWorld(database.db)).confirm();
}

async function say(begun: Begun, state: DisputeState, fields: Partial<Dispute> = {}) {
  const dispute: Dispute = {
    disputeId: `du_${begun.paymentId}`,
    paymentId: 'pi_1',
    state,
    reason: 'fraudulent',
    currency: 'EUR',
    amountMinor: TOTAL_MINOR,
    createdAtMs: NOW_MS,
    answerByMs: NOW_MS + 7 * DAY_MS,
    isRefundable: state.startsWith('inquiry') || state === 'won',
    ...fields,
  };
  await writeDisputes(database.db, begun.paymentId, { disputes: [dispute], nowMs: NOW_MS });
  const [known] = await readKnownDisputes(database.db, begun.paymentId);
  return known?.state;
}

it('a dispute never goes back to what it was before, whichever answer is written first', async () => {
  const begun = await paid();
  expect(await say(begun, 'inquiry')).toBe('inquiry');
  expect(await say(begun, 'needs_answer')).toBe('needs_answer');
  expect(await say(begun, 'inquiry_answered')).toBe('needs_answer');
  expect(await say(begun, 'answered')).toBe('answered');
  expect(await say(begun, 'lost')).toBe('lost');
  expect(await say(begun, 'needs_answer')).toBe('lost');
  // Banks decide anew, now and then.
  expect(await say(begun, 'won')).toBe('won');
  const told = await readDisputes(database.db, begun.orderId, (id) => `https://pay.example/${id}`);
  expect(told).toMatchObject([
    {
      state: 'won',
      amountCents: TOTAL_MINOR,
      answerBy: null,
      url: `https://pay.example/${told[0]?.id}`,
    },
  ]);
});

it('bars refunds while it is open, but for an inquiry, and takes the money where it is lost', async () => {
  const begun = await paid();
  const state = () => readDisputeState(database.db, begun.paymentId);
  expect(await state()).toEqual({ isOpen: false, lostMinor: 0 });
  await say(begun, 'inquiry');
  expect(await state()).toEqual({ isOpen: false, lostMinor: 0 });
  await say(begun, 'needs_answer');
  expect(await state()).toEqual({ isOpen: true, lostMinor: 0 });
  await say(begun, 'lost');
  expect(await state()).toEqual({ isOpen: false, lostMinor: TOTAL_MINOR });
});

it('the first to be answered is told to admins, of its own event or of all', async () => {
  const [later, first, answered] = [await paid(), await paid(), await paid()];
  const at = (days: number) => ({ answerByMs: NOW_MS + days * DAY_MS });
  await say(later, 'needs_answer', at(5));
  await say(first, 'inquiry', at(3));
  await say(answered, 'answered', at(1));
  const all = await readPaymentAttention(database.db, { nowMs: NOW_MS });
  const answerBy = new Date(NOW_MS + 3 * DAY_MS).toISOString();
  expect(all).toMatchObject({ disputed: 2, answerBy, answerOrderId: first.orderId });
  const { eventId } = later;
  const own = await readPaymentAttention(database.db, { eventId, nowMs: NOW_MS });
  expect(own).toMatchObject({ disputed: 1, answerOrderId: later.orderId });
});
