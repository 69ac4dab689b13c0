/** What admins give back: decided once for each key, and never more than is left. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RefundOrder } from '../../contract/payments.ts';
import type { RefundAnswer } from '../../contract/refunds.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { makePaidOrder, PAID_TOTAL, type PaidOrder } from '../../testing/paid-orders.ts';
import { call, deps } from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function refund(
  { orderId }: { orderId: string },
  body: Omit<RefundOrder, 'reason'> & { reason?: string },
  key: string | undefined = crypto.randomUUID(),
): Promise<Response> {
  const issued = { user: admin.user, sessionEpoch: 0 };
  const { accessToken: token } = await deps.accounts.tokens.issue(issued, Date.now());
  const headers = key === '' ? {} : { 'Idempotency-Key': `"${key}"` };
  const wish = { reason: 'Arrived broken', ...body };
  return call('POST', `/admin/orders/${orderId}/refund`, { token, body: wish, headers });
}

async function rowsOf({ paymentId }: PaidOrder) {
  const { rows } = await deps.stores.db.execute(sql`
    SELECT amount_minor::int AS amount, units, state FROM payment_refunds
     WHERE payment_id = ${paymentId} ORDER BY created_at, id`);
  return rows;
}

async function queuedOf({ paymentId }: PaidOrder) {
  const { rows } = await deps.stores.db.execute<{ kind: string; id: string }>(sql`
    SELECT kind, payload ->> 'refundId' AS id FROM outbox WHERE payment_id = ${paymentId} ORDER BY id`);
  return rows;
}

describe('a refund by an admin', () => {
  it('is decided with a row of the outbox and an entry in the audit log, without waiting for anybody', async () => {
    const paid = await makePaidOrder();
    const answer = await refund(paid, { amountCents: 900, restockUnits: 1 });
    expect(answer.status).toBe(201);
    const { refund: made, order } = await answer.json<RefundAnswer>();
    expect(made).toMatchObject({ status: 'pending', amountCents: 900, restockUnits: 1 });
    expect(order).toMatchObject({ id: paid.orderId, status: 'confirmed' });
    expect(await queuedOf(paid)).toEqual([{ kind: 'payment.refund', id: made.id }]);
    expect(await admin.auditOf(paid.orderId)).toMatchObject([
      {
        action: 'order.refund',
        actor: admin.user.id,
        after: { refundId: made.id, amountCents: 900, restockUnits: 1 },
      },
    ]);
  });

  it('case 11: of the same key is one, also clicked twice at once, and two of one amount are two', async () => {
    const paid = await makePaidOrder();
    const key = crypto.randomUUID();
    const both = await Promise.all([1, 2].map(() => refund(paid, { amountCents: 900 }, key)));
    const [one, other] = await Promise.all(both.map((answer) => answer.json<RefundAnswer>()));
    expect(other).toEqual(one);
    expect(await rowsOf(paid)).toHaveLength(1);
    await expectProblem(
      await refund(paid, { amountCents: 901 }, key),
      422,
      'idempotency_key_reused',
    );
    expect((await refund(paid, { amountCents: 900 })).status).toBe(201);
    const row = { amount: 900, units: 0, state: 'pending' };
    expect(await rowsOf(paid)).toEqual([row, row]);
    expect(await queuedOf(paid)).toHaveLength(2);
  });

  it('is never decided a second time by a key of long ago', async () => {
    const paid = await makePaidOrder();
    const key = crypto.randomUUID();
    expect((await refund(paid, { amountCents: 900 }, key)).status).toBe(201);
    await deps.stores.db.execute(sql`DELETE FROM idempotency_keys WHERE key = ${key}`);
    await expectProblem(
      await refund(paid, { amountCents: 900 }, key),
      422,
      'idempotency_key_reused',
    );
    expect(await rowsOf(paid)).toHaveLength(1);
  });

  it('is of all that is left, with the units that it names, and never of more', async () => {
    const paid = await makePaidOrder('authorised');
    expect((await refund(paid, { amountCents: 900 })).status).toBe(201);
    const tooLarge = await refund(paid, { amountCents: PAID_TOTAL });
    await expectProblem(tooLarge, 409, 'refund_too_large');
    await expectProblem(await refund(paid, { restockUnits: 2 }), 409, 'refund_too_large');
    expect((await refund(paid, { restock: true })).status).toBe(201);
    await expectProblem(await refund(paid, { amountCents: 1 }), 409, 'refund_too_large');
    expect(await rowsOf(paid)).toEqual([
      { amount: 900, units: 0, state: 'pending' },
      { amount: PAID_TOTAL - 900, units: 1, state: 'pending' },
    ]);
  });

  it('is never of more than is left when many decide at once', async () => {
    const paid = await makePaidOrder();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => refund(paid, { amountCents: 900 })),
    );
    const decided = answers.filter(({ status }) => status === 201);
    expect(decided).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    expect(await rowsOf(paid)).toHaveLength(2);
  });

  it('needs a key, a payment and an order', async () => {
    const paid = await makePaidOrder();
    await expectProblem(await refund(paid, { amountCents: 900 }, ''), 400, 'malformed');
    const both = { restock: true, restockUnits: 1 };
    await expectProblem(await refund(paid, both), 400, 'malformed');
    await deps.stores.db.execute(
      sql`UPDATE orders SET payment_id = NULL WHERE id = ${paid.orderId}`,
    );
    await expectProblem(await refund(paid, {}), 409, 'order_not_paid');
    const unknown = `${paid.orderId.slice(0, -6)}000000`;
    await expectProblem(await refund({ orderId: unknown }, {}), 404, 'not_found');
  });
});
