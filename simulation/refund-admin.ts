/** What admins give back of orders that were paid, at moments drawn beforehand. */
import { makeRefundId } from '../worker/contract/ids.ts';
import { decidedOf } from './payment-rows.ts';
import type { RunContext } from './run-context.ts';
import type { SeededRandom } from './seeded-random.ts';

const REFUNDS_MAX = 10;
/** After the faults: a refund may come late. */
const LATE_MS_MAX = 20_000;

export function scheduleRefunds(context: RunContext, random: SeededRandom): void {
  const { clock, scenario } = context;
  for (let n = random.int(0, REFUNDS_MAX); n > 0; n--) {
    const draw = random.fork(n);
    const atMs = draw.int(scenario.startsAtMs, scenario.faultsEndAtMs + LATE_MS_MAX);
    clock.at(atMs, () => decideRefund(context, draw));
  }
}

/** Of a part or of all that is left, and mostly with units. */
async function decideRefund(context: RunContext, random: SeededRandom): Promise<void> {
  const { clock, faults, store, scenario, trace, note } = context;
  if (faults.isStoreDown(clock.nowMs)) return;
  const { latest } = store;
  const paid = [...latest.payments.values()].flatMap((payment) => {
    const order = latest.orders.get(payment.orderId);
    const left = payment.amountMinor - decidedOf(payment.id, latest.refunds.values());
    const isTaken = payment.state === 'captured' || payment.state === 'authorised';
    const isOrders = order?.paymentId === payment.id && order.status === 'confirmed';
    return order && isTaken && isOrders && left > 0 ? [{ payment, order, left }] : [];
  });
  if (paid.length === 0) return;
  const { payment, order, left } = random.pick(paid);
  const amountMinor = random.happens(0.5) ? left : random.int(1, left);
  const units = random.happens(0.3) ? 0 : random.int(1, order.quantity);
  const { id: paymentId } = payment;
  const refundId = makeRefundId(scenario.eventId, clock.nowMs, random.fill);
  const { nowMs } = clock;
  const change = {
    kind: 'decide_refund',
    refundId,
    paymentId,
    amountMinor,
    units,
    nowMs,
  } as const;
  trace.count('admin: refund');
  note(`admin ${JSON.stringify(change)}`);
  await store.change(change, nowMs);
}
